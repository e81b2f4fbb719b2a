/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A file system lies on a loop device, whose file lies on another of the same type.
 *
 * lab: cpus 4
 * lab: thread loop_set_status on 0
 * lab: thread write_upper on 1
 * lab: thread write_lower on 2
 * lab: thread loop_workfn on 3
 */
struct inode {
	struct rw_semaphore i_rwsem;
};

static struct inode upper; /* a file on the loop device */
static struct inode lower; /* the file that the loop device is */

/* q->q_usage_counter of the loop device: entering reads, freezing writes. */
static DECLARE_RWSEM(q_usage_counter);
static DECLARE_COMPLETION(bio_queued);
static DECLARE_COMPLETION(bio_done);

/* One class for all inodes of a file-system type. */
static void inode_init_always(struct inode *inode)
{
	init_rwsem(&inode->i_rwsem);
}

static void submit_bio(void)
{
	down_read(&q_usage_counter);
	up_read(&q_usage_counter);
}

/* An ioctl that switches to direct I/O writes the page cache back first, the queue frozen. */
static void loop_set_status(void)
{
	inode_init_always(&lower);

	down_write(&q_usage_counter);
	down_write(&lower.i_rwsem); /* vfs_fsync(lo->lo_backing_file) */
	up_write(&lower.i_rwsem);
	up_write(&q_usage_counter);
}

static void write_upper(void)
{
	inode_init_always(&upper);

	down_write(&upper.i_rwsem);
	submit_bio();
	up_write(&upper.i_rwsem);
}

/* Allocates with the lock held; here, without writing anything out. */
static void kmalloc(void)
{
}

static void write_lower(void)
{
	down_write(&lower.i_rwsem);
	kmalloc();
	up_write(&lower.i_rwsem);
}

/* The worker of the loop device writes to its file. */
static void loop_workfn(void)
{
	if (!try_wait_for_completion(&bio_queued))
		return;
	down_write(&lower.i_rwsem);
	up_write(&lower.i_rwsem);
	complete(&bio_done);
}
`,
  fixes: {
    "fsync-first": `--- a/case.c
+++ b/case.c
@@ -36,9 +36,10 @@
 {
 	inode_init_always(&lower);
 
-	down_write(&q_usage_counter);
 	down_write(&lower.i_rwsem); /* vfs_fsync(lo->lo_backing_file) */
 	up_write(&lower.i_rwsem);
+
+	down_write(&q_usage_counter);
 	up_write(&q_usage_counter);
 }
 
`,
  },
  mutants: {},
  premises: {
    "no-io": `--- a/case.c
+++ b/case.c
@@ -51,9 +51,10 @@
 	up_write(&upper.i_rwsem);
 }
 
-/* Allocates with the lock held; here, without writing anything out. */
+/* Allocates with the lock held: reclaim writes out what the loop device stores. */
 static void kmalloc(void)
 {
+	submit_bio();
 }
 
 static void write_lower(void)
`,
    "no-wait-for-io": `--- a/case.c
+++ b/case.c
@@ -51,9 +51,12 @@
 	up_write(&upper.i_rwsem);
 }
 
-/* Allocates with the lock held; here, without writing anything out. */
+/* Allocates with the lock held: reclaim writes out, and waits for it. */
 static void kmalloc(void)
 {
+	submit_bio();
+	complete(&bio_queued);
+	wait_for_completion(&bio_done);
 }
 
 static void write_lower(void)
@@ -66,8 +69,7 @@
 /* The worker of the loop device writes to its file. */
 static void loop_workfn(void)
 {
-	if (!try_wait_for_completion(&bio_queued))
-		return;
+	wait_for_completion(&bio_queued);
 	down_write(&lower.i_rwsem);
 	up_write(&lower.i_rwsem);
 	complete(&bio_done);
`,
    "two-inodes": `--- a/case.c
+++ b/case.c
@@ -37,8 +37,8 @@
 	inode_init_always(&lower);
 
 	down_write(&q_usage_counter);
-	down_write(&lower.i_rwsem); /* vfs_fsync(lo->lo_backing_file) */
-	up_write(&lower.i_rwsem);
+	down_write(&upper.i_rwsem); /* vfs_fsync(lo->lo_backing_file) */
+	up_write(&upper.i_rwsem);
 	up_write(&q_usage_counter);
 }
 
`,
  },
};
