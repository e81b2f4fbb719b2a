/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * The extended attributes of an open file are listed, and memory is short.
 *
 * lab: cpus 2
 * lab: thread xfs_attr_list on 0 forever
 * lab: thread kswapd on 1 forever
 */
static DEFINE_MUTEX(fs_reclaim); /* a map for lockdep alone: nobody waits for it */

struct xfs_inode {
	struct rw_semaphore i_lock;
	int i_count; /* 0..1: references */
};

static struct xfs_inode inode = { .i_count = 1 }; /* of the open file */
static struct xfs_inode cached; /* of a file that nobody has open */

static void xfs_inode_init(struct xfs_inode *ip)
{
	init_rwsem(&ip->i_lock);
}

static void xfs_fs_fill_super(void)
{
	xfs_inode_init(&inode);
	xfs_inode_init(&cached);
}

/* The shrinker takes away what nobody refers to. */
static void xfs_reclaim_inode(struct xfs_inode *ip)
{
	if (READ_ONCE(ip->i_count) > 0)
		return;
	down_write(&ip->i_lock);
	up_write(&ip->i_lock);
}

static void shrink_slab(void)
{
	xfs_reclaim_inode(&inode);
	xfs_reclaim_inode(&cached);
}

/* Where memory is short, whoever allocates reclaims first. */
static void kmalloc(void)
{
	lock_map_acquire(&fs_reclaim);
	shrink_slab();
	lock_map_release(&fs_reclaim);
}

static void xfs_attr_list(void)
{
	xfs_fs_fill_super();

	down_read(&inode.i_lock);
	kmalloc();
	up_read(&inode.i_lock);
}

static void kswapd(void)
{
	lock_map_acquire(&fs_reclaim);
	shrink_slab();
	lock_map_release(&fs_reclaim);
}
`,
  fixes: {
    class: `--- a/case.c
+++ b/case.c
@@ -23,7 +23,7 @@
 static void xfs_fs_fill_super(void)
 {
 	xfs_inode_init(&inode);
-	xfs_inode_init(&cached);
+	init_rwsem(&cached.i_lock); /* lockdep_set_class(): it has entered reclaim */
 }
 
 /* The shrinker takes away what nobody refers to. */
`,
    "gfp-nofs": `--- a/case.c
+++ b/case.c
@@ -44,9 +44,6 @@
 /* Where memory is short, whoever allocates reclaims first. */
 static void kmalloc(void)
 {
-	lock_map_acquire(&fs_reclaim);
-	shrink_slab();
-	lock_map_release(&fs_reclaim);
 }
 
 static void xfs_attr_list(void)
`,
    "gfp-nolockdep": `--- a/case.c
+++ b/case.c
@@ -44,9 +44,7 @@
 /* Where memory is short, whoever allocates reclaims first. */
 static void kmalloc(void)
 {
-	lock_map_acquire(&fs_reclaim);
 	shrink_slab();
-	lock_map_release(&fs_reclaim);
 }
 
 static void xfs_attr_list(void)
`,
    "nofs-save": `--- a/case.c
+++ b/case.c
@@ -41,9 +41,13 @@
 	xfs_reclaim_inode(&cached);
 }
 
+static bool nofs; /* PF_MEMALLOC_NOFS of the task that lists */
+
 /* Where memory is short, whoever allocates reclaims first. */
 static void kmalloc(void)
 {
+	if (nofs)
+		return;
 	lock_map_acquire(&fs_reclaim);
 	shrink_slab();
 	lock_map_release(&fs_reclaim);
@@ -54,7 +58,9 @@
 	xfs_fs_fill_super();
 
 	down_read(&inode.i_lock);
+	nofs = true;
 	kmalloc();
+	nofs = false;
 	up_read(&inode.i_lock);
 }
 
`,
    subclass: `--- a/case.c
+++ b/case.c
@@ -31,7 +31,7 @@
 {
 	if (READ_ONCE(ip->i_count) > 0)
 		return;
-	down_write(&ip->i_lock);
+	down_write_nested(&ip->i_lock, SINGLE_DEPTH_NESTING);
 	up_write(&ip->i_lock);
 }
 
`,
  },
  mutants: {},
  premises: {
    referenced: `--- a/case.c
+++ b/case.c
@@ -29,8 +29,6 @@
 /* The shrinker takes away what nobody refers to. */
 static void xfs_reclaim_inode(struct xfs_inode *ip)
 {
-	if (READ_ONCE(ip->i_count) > 0)
-		return;
 	down_write(&ip->i_lock);
 	up_write(&ip->i_lock);
 }
`,
  },
};
