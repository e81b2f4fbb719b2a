/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * The I/O scheduler of a disk is switched while memory is written out to that disk.
 *
 * lab: cpus 3
 * lab: thread elevator_switch on 0
 * lab: thread kernfs_get_inode on 1
 * lab: thread kswapd on 2
 */
static DEFINE_MUTEX(fs_reclaim); /* a map for lockdep alone: nobody waits for it */
static DECLARE_RWSEM(kernfs_rwsem); /* root->kernfs_rwsem */

/* q->q_usage_counter(io): entering reads, freezing writes. */
static DECLARE_RWSEM(q_usage_counter);

static void submit_bio(void)
{
	down_read(&q_usage_counter);
	up_read(&q_usage_counter);
}

/* Where memory is short, whoever allocates writes out to swap. */
static void kmalloc(void)
{
	lock_map_acquire(&fs_reclaim);
	submit_bio();
	lock_map_release(&fs_reclaim);
}

static void blk_alloc_queue(void)
{
}

/* elv_unregister_queue() takes the scheduler's files away, the queue frozen. */
static void elevator_switch(void)
{
	blk_alloc_queue();

	down_write(&q_usage_counter);
	down_write(&kernfs_rwsem);
	up_write(&kernfs_rwsem);
	up_write(&q_usage_counter);
}

/* A file of sysfs is looked up: its inode is allocated under the lock. */
static void kernfs_get_inode(void)
{
	down_read(&kernfs_rwsem);
	kmalloc();
	up_read(&kernfs_rwsem);
}

static void kswapd(void)
{
	kmalloc();
}
`,
  fixes: {
    prime: `--- a/case.c
+++ b/case.c
@@ -28,6 +28,9 @@
 
 static void blk_alloc_queue(void)
 {
+	lock_map_acquire(&fs_reclaim);
+	might_lock_read(&q_usage_counter);
+	lock_map_release(&fs_reclaim);
 }
 
 /* elv_unregister_queue() takes the scheduler's files away, the queue frozen. */
`,
    "thaw-first": `--- a/case.c
+++ b/case.c
@@ -36,9 +36,10 @@
 	blk_alloc_queue();
 
 	down_write(&q_usage_counter);
+	up_write(&q_usage_counter);
+
 	down_write(&kernfs_rwsem);
 	up_write(&kernfs_rwsem);
-	up_write(&q_usage_counter);
 }
 
 /* A file of sysfs is looked up: its inode is allocated under the lock. */
`,
  },
  mutants: {},
  premises: {
    swap: `--- a/case.c
+++ b/case.c
@@ -4,7 +4,6 @@
  * lab: cpus 3
  * lab: thread elevator_switch on 0
  * lab: thread kernfs_get_inode on 1
- * lab: thread kswapd on 2
  */
 static DEFINE_MUTEX(fs_reclaim); /* a map for lockdep alone: nobody waits for it */
 static DECLARE_RWSEM(kernfs_rwsem); /* root->kernfs_rwsem */
@@ -22,7 +21,6 @@
 static void kmalloc(void)
 {
 	lock_map_acquire(&fs_reclaim);
-	submit_bio();
 	lock_map_release(&fs_reclaim);
 }
 
`,
  },
};
