/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * An encoded read over io_uring: the system call takes the inode's lock and returns, the
 * worker that ends the read drops it.
 *
 * lab: cpus 3
 * lab: thread btrfs_uring_encoded_read on 0
 * lab: thread btrfs_uring_read_finished on 1
 * lab: thread btrfs_file_write on 2
 */
static DECLARE_RWSEM(i_rwsem);
static DEFINE_MUTEX(uring_lock);
static DECLARE_COMPLETION(read_done);

static void btrfs_uring_encoded_read(void)
{
	down_read(&i_rwsem);
	complete(&read_done);	/* the read is under way */
	/* returns -EIOCBQUEUED to user space, with the lock held */
}

static void btrfs_uring_read_finished(void)
{
	wait_for_completion(&read_done);
	mutex_lock(&uring_lock);
	mutex_unlock(&uring_lock);
	up_read(&i_rwsem);
}

static void btrfs_file_write(void)
{
	down_write(&i_rwsem);
	up_write(&i_rwsem);
}
`,
  fixes: {
    "hand-over-late": `--- a/case.c
+++ b/case.c
@@ -15,6 +15,7 @@
 {
 	down_read(&i_rwsem);
 	complete(&read_done);	/* the read is under way */
+	rwsem_release(&i_rwsem, _THIS_IP_);
 	/* returns -EIOCBQUEUED to user space, with the lock held */
 }
 
@@ -23,6 +24,7 @@
 	wait_for_completion(&read_done);
 	mutex_lock(&uring_lock);
 	mutex_unlock(&uring_lock);
+	rwsem_acquire_read(&i_rwsem, 0, 0, _THIS_IP_);
 	up_read(&i_rwsem);
 }
 
`,
    "hand-over": `--- a/case.c
+++ b/case.c
@@ -15,12 +15,14 @@
 {
 	down_read(&i_rwsem);
 	complete(&read_done);	/* the read is under way */
+	rwsem_release(&i_rwsem, _THIS_IP_);
 	/* returns -EIOCBQUEUED to user space, with the lock held */
 }
 
 static void btrfs_uring_read_finished(void)
 {
 	wait_for_completion(&read_done);
+	rwsem_acquire_read(&i_rwsem, 0, 0, _THIS_IP_);
 	mutex_lock(&uring_lock);
 	mutex_unlock(&uring_lock);
 	up_read(&i_rwsem);
`,
  },
  mutants: {
    "write-under-uring-lock": `--- a/case.c
+++ b/case.c
@@ -28,6 +28,8 @@
 
 static void btrfs_file_write(void)
 {
+	mutex_lock(&uring_lock);
 	down_write(&i_rwsem);
 	up_write(&i_rwsem);
+	mutex_unlock(&uring_lock);
 }
`,
  },
  premises: {
    "worker-runs": `--- a/case.c
+++ b/case.c
@@ -14,7 +14,6 @@
 static void btrfs_uring_encoded_read(void)
 {
 	down_read(&i_rwsem);
-	complete(&read_done);	/* the read is under way */
 	/* returns -EIOCBQUEUED to user space, with the lock held */
 }
 
`,
  },
};
