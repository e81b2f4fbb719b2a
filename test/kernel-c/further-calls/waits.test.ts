import { expectVerdicts, one, two } from "./expect-verdicts.js";

expectVerdicts("waits", [
  [
    "wait_on_bit() and clear_and_wake_up_bit()",
    `${two}static unsigned long flags = 1;
static void f(void) { wait_on_bit(&flags, 0, TASK_UNINTERRUPTIBLE); BUG_ON(test_bit(0, &flags)); }
static void g(void) { clear_and_wake_up_bit(0, &flags); }`,
    "safe",
    "silent",
  ],
  [
    "wait_on_bit() that nobody wakes",
    `${two}static unsigned long flags = 1;
static void f(void) { wait_on_bit(&flags, 0, TASK_UNINTERRUPTIBLE); }
static void g(void) { clear_bit(0, &flags); }`,
    "deadlock",
    "silent",
  ],
  [
    "wait_var_event() and wake_up_var()",
    `${two}static atomic_t v = ATOMIC_INIT(1);
static void f(void) { wait_var_event(&v, !atomic_read(&v)); }
static void g(void) { if (atomic_dec_and_test(&v)) wake_up_var(&v); }`,
    "safe",
    "silent",
  ],
  [
    "wait_event_lock_irq() drops the lock while it waits",
    `${two}static DECLARE_WAIT_QUEUE_HEAD(wq);
static DEFINE_SPINLOCK(l);
static bool ready;
static void f(void) { spin_lock_irq(&l); wait_event_lock_irq(wq, ready, l); BUG_ON(!ready); spin_unlock_irq(&l); }
static void g(void) { spin_lock_irq(&l); ready = true; spin_unlock_irq(&l); wake_up(&wq); }`,
    "safe",
    "silent",
  ],
  [
    "wait_event_cmd() that keeps a mutex",
    `${two}static DECLARE_WAIT_QUEUE_HEAD(wq);
static DEFINE_MUTEX(m);
static bool ready;
static void f(void) { mutex_lock(&m); wait_event_cmd(wq, ready, barrier(), barrier()); mutex_unlock(&m); }
static void g(void) { mutex_lock(&m); ready = true; mutex_unlock(&m); wake_up(&wq); }`,
    "deadlock",
    "silent",
  ],
  [
    "schedule_preempt_disabled(), and in_nmi()",
    `${two}static struct task_struct *t; /* f */
static void f(void) { BUG_ON(in_nmi()); set_current_state(TASK_UNINTERRUPTIBLE); preempt_disable(); schedule_preempt_disabled(); BUG_ON(preemptible()); preempt_enable(); }
static void g(void) { while (READ_ONCE(t->__state) != TASK_UNINTERRUPTIBLE) cpu_relax(); wake_up_process(t); }`,
    "safe",
    "silent",
  ],
  [
    "get_online_cpus() is cpus_read_lock()",
    `${two}static DEFINE_MUTEX(m);
static void f(void) { get_online_cpus(); mutex_lock(&m); mutex_unlock(&m); put_online_cpus(); }
static void g(void) { mutex_lock(&m); cpus_write_lock(); cpus_write_unlock(); mutex_unlock(&m); }`,
    "deadlock",
    "circular",
  ],
  [
    "signal_pending_state()",
    `/* lab: signals */\n${one}static bool seen;
static void f(void) { seen = signal_pending_state(TASK_INTERRUPTIBLE, current); BUG_ON(signal_pending_state(TASK_UNINTERRUPTIBLE, current)); }`,
    "safe",
    "silent",
  ],
  [
    "kthread_flush_work() under a mutex that the work takes: lockdep has no map of it",
    `${one}static DEFINE_MUTEX(m);
static struct kthread_worker worker;
static struct kthread_work work;
static void fn(struct kthread_work *of) { mutex_lock(&m); mutex_unlock(&m); }
static void init(void) { kthread_init_worker(&worker); kthread_init_work(&work, fn); }
static void f(void) { kthread_queue_work(&worker, &work); mutex_lock(&m); kthread_flush_work(&work); mutex_unlock(&m); }`,
    "deadlock",
    "silent",
  ],
  [
    "kthread_flush_worker() behind it, and what kthread_queue_work() returns",
    `${one}static DEFINE_MUTEX(m);
static struct kthread_worker *worker;
static DEFINE_KTHREAD_WORK(work, fn);
static int done; /* 0..1 */
static void fn(struct kthread_work *of) { mutex_lock(&m); done = 1; mutex_unlock(&m); }
static void f(void) { worker = kthread_run_worker(0, "w"); BUG_ON(!kthread_queue_work(worker, &work)); kthread_flush_worker(worker); BUG_ON(!done); kthread_destroy_worker(worker); }`,
    "safe",
    "silent",
  ],
  [
    "kthread_worker: one work after another",
    `${one}static struct kthread_worker worker;
static struct kthread_work a, b;
static int inside; /* 0..1 */
static void fa(struct kthread_work *of) { BUG_ON(inside); inside = 1; inside = 0; }
static void fb(struct kthread_work *of) { BUG_ON(inside); inside = 1; inside = 0; }
static void init(void) { kthread_init_work(&a, fa); kthread_init_work(&b, fb); }
static void f(void) { kthread_queue_work(&worker, &a); kthread_queue_work(&worker, &b); kthread_cancel_work_sync(&b); }`,
    "safe",
    "silent",
  ],
  [
    "queue_delayed_work_on() and delayed_work_pending()",
    `${one}static struct delayed_work dw;
static struct workqueue_struct *wq;
static int ran; /* 0..1 */
static void fn(struct work_struct *of) { ran = 1; }
static void init(void) { INIT_DELAYED_WORK(&dw, fn); wq = create_freezable_workqueue("w"); }
static void f(void) { queue_delayed_work_on(0, wq, &dw, 1); if (delayed_work_pending(&dw)) barrier(); __flush_workqueue(wq); BUG_ON(!ran); }`,
    "safe",
    "silent",
  ],
]);
