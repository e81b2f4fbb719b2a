/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * btrfs metadata smaller than a page: one folio, one extent buffer in it.
 *
 * lab: cpus 2
 * lab: thread free_extent_buffer on 0 forever
 * lab: thread btree_release_folio on 1 forever
 * lab: hardirq end_bbio_meta_write on 0
 */
#define xa_lock_irq(xa) spin_lock_irq(&(xa)->xa_lock)
#define xa_unlock_irq(xa) spin_unlock_irq(&(xa)->xa_lock)
#define xa_lock_irqsave(xa, flags) spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags) spin_unlock_irqrestore(&(xa)->xa_lock, flags)

struct xarray {
	spinlock_t xa_lock;
};

struct extent_buffer {
	spinlock_t refs_lock;
};

static struct xarray buffer_tree;
static struct extent_buffer eb;

static bool in_flight = true; /* one write was submitted: one interrupt ends it */
static bool writeback = true; /* the folio's flag */
static bool tagged = true;    /* the buffer's mark in the tree */

static void end_bbio_meta_write(void)
{
	unsigned long flags;

	if (!xchg(&in_flight, false))
		return;

	WRITE_ONCE(writeback, false);

	xa_lock_irqsave(&buffer_tree, flags);
	tagged = false;
	xa_unlock_irqrestore(&buffer_tree, flags);
}

/* Whoever drops a reference; interrupts stay on. */
static void free_extent_buffer(void)
{
	spin_lock(&eb.refs_lock);
	spin_unlock(&eb.refs_lock);
}

static void try_release_subpage_extent_buffer(void)
{
	xa_lock_irq(&buffer_tree);
	spin_lock(&eb.refs_lock);
	spin_unlock(&eb.refs_lock);
	xa_unlock_irq(&buffer_tree);
}

/* Reclaim wants the folio back. */
static void btree_release_folio(void)
{
	if (READ_ONCE(writeback))
		return;
	try_release_subpage_extent_buffer();
}
`,
  fixes: {
    "irq-off": `--- a/case.c
+++ b/case.c
@@ -43,8 +43,8 @@
 /* Whoever drops a reference; interrupts stay on. */
 static void free_extent_buffer(void)
 {
-	spin_lock(&eb.refs_lock);
-	spin_unlock(&eb.refs_lock);
+	spin_lock_irq(&eb.refs_lock);
+	spin_unlock_irq(&eb.refs_lock);
 }
 
 static void try_release_subpage_extent_buffer(void)
`,
    rcu: `--- a/case.c
+++ b/case.c
@@ -49,10 +49,10 @@
 
 static void try_release_subpage_extent_buffer(void)
 {
-	xa_lock_irq(&buffer_tree);
+	rcu_read_lock();
 	spin_lock(&eb.refs_lock);
+	rcu_read_unlock();
 	spin_unlock(&eb.refs_lock);
-	xa_unlock_irq(&buffer_tree);
 }
 
 /* Reclaim wants the folio back. */
`,
    workqueue: `--- a/case.c
+++ b/case.c
@@ -1,10 +1,10 @@
 /*
  * btrfs metadata smaller than a page: one folio, one extent buffer in it.
  *
- * lab: cpus 2
+ * lab: cpus 3
  * lab: thread free_extent_buffer on 0 forever
  * lab: thread btree_release_folio on 1 forever
- * lab: hardirq end_bbio_meta_write on 0
+ * lab: thread end_bbio_meta_write on 2
  */
 #define xa_lock_irq(xa) spin_lock_irq(&(xa)->xa_lock)
 #define xa_unlock_irq(xa) spin_unlock_irq(&(xa)->xa_lock)
`,
  },
  mutants: {
    "tree-inside-refs": `--- a/case.c
+++ b/case.c
@@ -44,6 +44,8 @@
 static void free_extent_buffer(void)
 {
 	spin_lock(&eb.refs_lock);
+	xa_lock_irq(&buffer_tree);
+	xa_unlock_irq(&buffer_tree);
 	spin_unlock(&eb.refs_lock);
 }
 
`,
  },
  premises: {
    "clear-last": `--- a/case.c
+++ b/case.c
@@ -33,11 +33,11 @@
 	if (!xchg(&in_flight, false))
 		return;
 
-	WRITE_ONCE(writeback, false);
-
 	xa_lock_irqsave(&buffer_tree, flags);
 	tagged = false;
 	xa_unlock_irqrestore(&buffer_tree, flags);
+
+	WRITE_ONCE(writeback, false);
 }
 
 /* Whoever drops a reference; interrupts stay on. */
`,
  },
};
