/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * Two file systems, an ocfs2 and an ext4, with a journal and quotas each.
 *
 * lab: cpus 4
 * lab: thread ocfs2_create on 0
 * lab: thread ext4_create on 1
 * lab: thread ext4_xattr_set on 2
 * lab: thread jbd2_journal_commit_transaction on 3
 */
struct journal_s {
	struct mutex j_trans_commit_map; /* jbd2_handle: a map for lockdep alone */
};

struct dquot {
	struct mutex dq_lock;
};

static struct journal_s ocfs2_journal, ext4_journal;
static struct dquot ocfs2_dquot, ext4_dquot;
static DECLARE_RWSEM(xattr_sem); /* of an inode of the ext4 */

/* A transaction: a handle takes one, and a commit both, so that each waits for the other. */
static DEFINE_SEMAPHORE(ocfs2_updates, 2);
static DEFINE_SEMAPHORE(ext4_updates, 2);

/* fs/jbd2/journal.c: a function, so its static key is one for all journals. */
static void journal_init_common(struct journal_s *journal)
{
	mutex_init(&journal->j_trans_commit_map);
}

/* fs/quota/dquot.c, likewise. */
static void get_empty_dquot(struct dquot *dquot)
{
	mutex_init(&dquot->dq_lock);
}

static void start_this_handle(struct journal_s *journal, struct semaphore *updates)
{
	down(updates);
	rwsem_acquire_read(&journal->j_trans_commit_map, 0, 0, _THIS_IP_);
}

static void stop_this_handle(struct journal_s *journal, struct semaphore *updates)
{
	rwsem_release(&journal->j_trans_commit_map, _THIS_IP_);
	up(updates);
}

/* dqget() > ocfs2_acquire_dquot(): the quota file is written in a transaction. */
static void ocfs2_create(void)
{
	journal_init_common(&ocfs2_journal);
	get_empty_dquot(&ocfs2_dquot);

	mutex_lock(&ocfs2_dquot.dq_lock);
	start_this_handle(&ocfs2_journal, &ocfs2_updates);
	stop_this_handle(&ocfs2_journal, &ocfs2_updates);
	mutex_unlock(&ocfs2_dquot.dq_lock);
}

static void ext4_create(void)
{
	journal_init_common(&ext4_journal);

	start_this_handle(&ext4_journal, &ext4_updates);
	down_write(&xattr_sem);
	up_write(&xattr_sem);
	stop_this_handle(&ext4_journal, &ext4_updates);
}

/* ext4_xattr_inode_create() > dqget(), as on the ext4 of the report: no handle around it. */
static void ext4_xattr_set(void)
{
	get_empty_dquot(&ext4_dquot);

	down_write(&xattr_sem);
	mutex_lock(&ext4_dquot.dq_lock);
	mutex_unlock(&ext4_dquot.dq_lock);
	up_write(&xattr_sem);
}

/* Until the last handle is stopped; meanwhile, none is started. */
static void jbd2_journal_commit_transaction(void)
{
	down(&ext4_updates);
	down(&ext4_updates);
	up(&ext4_updates);
	up(&ext4_updates);
}
`,
  fixes: {
    "key-per-journal": `--- a/case.c
+++ b/case.c
@@ -23,11 +23,8 @@
 static DEFINE_SEMAPHORE(ocfs2_updates, 2);
 static DEFINE_SEMAPHORE(ext4_updates, 2);
 
-/* fs/jbd2/journal.c: a function, so its static key is one for all journals. */
-static void journal_init_common(struct journal_s *journal)
-{
-	mutex_init(&journal->j_trans_commit_map);
-}
+/* fs/jbd2/journal.c: lockdep_register_key(), a key for each journal. */
+#define journal_init_common(map) mutex_init(map)
 
 /* fs/quota/dquot.c, likewise. */
 static void get_empty_dquot(struct dquot *dquot)
@@ -50,7 +47,7 @@
 /* dqget() > ocfs2_acquire_dquot(): the quota file is written in a transaction. */
 static void ocfs2_create(void)
 {
-	journal_init_common(&ocfs2_journal);
+	journal_init_common(&ocfs2_journal.j_trans_commit_map);
 	get_empty_dquot(&ocfs2_dquot);
 
 	mutex_lock(&ocfs2_dquot.dq_lock);
@@ -61,7 +58,7 @@
 
 static void ext4_create(void)
 {
-	journal_init_common(&ext4_journal);
+	journal_init_common(&ext4_journal.j_trans_commit_map);
 
 	start_this_handle(&ext4_journal, &ext4_updates);
 	down_write(&xattr_sem);
`,
    trylock: `--- a/case.c
+++ b/case.c
@@ -38,7 +38,7 @@
 static void start_this_handle(struct journal_s *journal, struct semaphore *updates)
 {
 	down(updates);
-	rwsem_acquire_read(&journal->j_trans_commit_map, 0, 0, _THIS_IP_);
+	rwsem_acquire_read(&journal->j_trans_commit_map, 0, 1, _THIS_IP_);
 }
 
 static void stop_this_handle(struct journal_s *journal, struct semaphore *updates)
`,
  },
  mutants: {
    "handle-inside": `--- a/case.c
+++ b/case.c
@@ -76,6 +76,8 @@
 
 	down_write(&xattr_sem);
 	mutex_lock(&ext4_dquot.dq_lock);
+	start_this_handle(&ext4_journal, &ext4_updates);
+	stop_this_handle(&ext4_journal, &ext4_updates);
 	mutex_unlock(&ext4_dquot.dq_lock);
 	up_write(&xattr_sem);
 }
`,
  },
  premises: {
    "two-dquots": `--- a/case.c
+++ b/case.c
@@ -75,8 +75,8 @@
 	get_empty_dquot(&ext4_dquot);
 
 	down_write(&xattr_sem);
-	mutex_lock(&ext4_dquot.dq_lock);
-	mutex_unlock(&ext4_dquot.dq_lock);
+	mutex_lock(&ocfs2_dquot.dq_lock);
+	mutex_unlock(&ocfs2_dquot.dq_lock);
 	up_write(&xattr_sem);
 }
 
`,
    "two-journals": `--- a/case.c
+++ b/case.c
@@ -54,8 +54,8 @@
 	get_empty_dquot(&ocfs2_dquot);
 
 	mutex_lock(&ocfs2_dquot.dq_lock);
-	start_this_handle(&ocfs2_journal, &ocfs2_updates);
-	stop_this_handle(&ocfs2_journal, &ocfs2_updates);
+	start_this_handle(&ext4_journal, &ext4_updates);
+	stop_this_handle(&ext4_journal, &ext4_updates);
 	mutex_unlock(&ocfs2_dquot.dq_lock);
 }
 
`,
  },
};
