import { expectVerdicts, one, two } from "./expect-verdicts.js";

expectVerdicts("annotations", [
  [
    "lock_set_class(): the second of two may be of another class from then on",
    `${one}static struct mutex m[2];
static struct lock_class_key key;
static void f(void) { mutex_lock(&m[0]); lock_set_class(&m[0].dep_map, "outer", &key, 0, _RET_IP_); mutex_lock(&m[1]); mutex_unlock(&m[1]); mutex_unlock(&m[0]); }`,
    "safe",
    "silent",
  ],
  [
    "the same without it",
    `${one}static struct mutex m[2];
static void f(void) { mutex_lock(&m[0]); mutex_lock(&m[1]); mutex_unlock(&m[1]); mutex_unlock(&m[0]); }`,
    "safe",
    "recursive",
  ],
  [
    "spin_acquire_nest(): many of one class under one lock",
    `${one}static DEFINE_MUTEX(outer);
static struct lockdep_map map[2];
static void f(void) { mutex_lock(&outer); mutex_acquire_nest(&map[0], 0, 0, &outer.dep_map, _RET_IP_); mutex_acquire_nest(&map[1], 0, 0, &outer.dep_map, _RET_IP_); mutex_release(&map[1], _RET_IP_); mutex_release(&map[0], _RET_IP_); mutex_unlock(&outer); }`,
    "safe",
    "silent",
  ],
  [
    "rwlock_acquire_read() of one that is held already",
    `${one}static DEFINE_RWLOCK(l);
static void f(void) { read_lock(&l); rwlock_acquire_read(&l.dep_map, 0, 0, _RET_IP_); rwlock_release(&l.dep_map, _RET_IP_); read_unlock(&l); }`,
    "safe",
    "silent",
  ],
  [
    "might_lock_nested() of the one that is held",
    `${one}static DEFINE_MUTEX(m);
static void f(void) { mutex_lock(&m); might_lock_nested(&m, 1); might_lock_nested(&m, 0); mutex_unlock(&m); }`,
    "safe",
    "recursive",
  ],
  [
    "might_alloc(GFP_KERNEL) under a lock of reclaim",
    `${two}static DEFINE_MUTEX(m);
static void f(void) { mutex_lock(&m); might_alloc(GFP_KERNEL); mutex_unlock(&m); }
static void g(void) { fs_reclaim_acquire(GFP_KERNEL); mutex_lock(&m); mutex_unlock(&m); fs_reclaim_release(GFP_KERNEL); }`,
    "safe",
    "circular",
  ],
  [
    "might_alloc(GFP_NOFS) says nothing of fs_reclaim",
    `${two}static DEFINE_MUTEX(m);
static void f(void) { mutex_lock(&m); might_alloc(GFP_KERNEL & ~__GFP_FS); fs_reclaim_acquire(GFP_NOFS); fs_reclaim_release(GFP_NOFS); mutex_unlock(&m); }
static void g(void) { fs_reclaim_acquire(GFP_KERNEL); mutex_lock(&m); mutex_unlock(&m); fs_reclaim_release(GFP_KERNEL); }`,
    "safe",
    "silent",
  ],
  [
    "jbd2_journal_start() under a mutex that is taken inside of a handle: a wait to lockdep, if nobody commits",
    `${two}static journal_t *journal;
static DEFINE_MUTEX(m);
static void f(void) { handle_t *h = jbd2_journal_start(journal, 8); mutex_lock(&m); mutex_unlock(&m); jbd2_journal_stop(h); }
static void g(void) { handle_t *h; mutex_lock(&m); h = jbd2_journal_start(journal, 8); jbd2_journal_stop(h); mutex_unlock(&m); }`,
    "safe",
    "circular",
  ],
  [
    "the same with a task that waits for a commit",
    `${two}/* lab: thread sync on 2 */
static journal_t *journal;
static DEFINE_MUTEX(m);
static void f(void) { handle_t *h = jbd2_journal_start(journal, 8); mutex_lock(&m); mutex_unlock(&m); jbd2_journal_stop(h); }
static void g(void) { handle_t *h; mutex_lock(&m); h = jbd2_journal_start(journal, 8); jbd2_journal_stop(h); mutex_unlock(&m); }
static void sync(void) { jbd2_log_wait_commit(journal, 1); }`,
    "deadlock",
    "circular",
  ],
  [
    "a handle that its task starts again waits for no commit",
    `${two}static journal_t *journal;
static void f(void) { handle_t *h = jbd2_journal_start(journal, 8); handle_t *again = jbd2_journal_start(journal, 8); jbd2_journal_stop(again); jbd2_journal_stop(h); }
static void g(void) { jbd2_log_wait_commit(journal, 1); }`,
    "safe",
    "silent",
  ],
  [
    "seqcount_spinlock_t: a write without its lock",
    `${one}static DEFINE_SPINLOCK(l);
static seqcount_spinlock_t s;
static void init(void) { seqcount_spinlock_init(&s, &l); }
static void f(void) { spin_lock(&l); write_seqcount_begin(&s); write_seqcount_end(&s); spin_unlock(&l); preempt_disable(); write_seqcount_begin(&s); write_seqcount_end(&s); preempt_enable(); }`,
    "safe",
    "warn",
  ],
  [
    "seqcount_mutex_t keeps its writer from being preempted",
    `${two}static DEFINE_MUTEX(m);
static seqcount_mutex_t s;
static int x; /* 0..1 */
static void init(void) { seqcount_mutex_init(&s, &m); }
static void f(void) { mutex_lock(&m); write_seqcount_begin(&s); x = 1; x = 0; write_seqcount_end(&s); mutex_unlock(&m); }
static void g(void) { unsigned start; int seen; do { start = read_seqcount_begin(&s); seen = x; } while (read_seqcount_retry(&s, start)); BUG_ON(seen); }`,
    "safe",
    "silent",
  ],
  [
    "read_seqlock_excl_irq(): readers that keep the writers out",
    `${two}static DEFINE_SEQLOCK(s);
static int x; /* 0..1 */
static void f(void) { write_seqlock_irq(&s); x = 1; x = 0; write_sequnlock_irq(&s); }
static void g(void) { read_seqlock_excl_irq(&s); BUG_ON(x); read_sequnlock_excl_irq(&s); }`,
    "safe",
    "silent",
  ],
]);
