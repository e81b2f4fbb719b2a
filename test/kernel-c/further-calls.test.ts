/** Calls that are less often seen, each in a text that shows what it does: both verdicts. */
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { lockdepOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

type Row = readonly [what: string, text: string, explorer: string, lockdep: string];

function expectVerdicts([, text, explorer, lockdep]: Row): void {
  const scenario = kernelC(text);
  expect([explore(scenario).verdict, lockdepOn(scenario).report?.kind ?? "silent"]).toEqual([
    explorer,
    lockdep,
  ]);
}

const one = "/* lab: thread f on 0 */\n";
const two = `${one}/* lab: thread g on 1 */\n`;

const locks: readonly Row[] = [
  [
    "spin_is_contended(): open, so that both ways are taken",
    `${two}static DEFINE_SPINLOCK(l);
static int x; /* 0..1 */
static void f(void) { spin_lock(&l); if (spin_is_contended(&l)) x = 1; spin_unlock(&l); }
static void g(void) { spin_lock(&l); BUG_ON(x); spin_unlock(&l); }`,
    "assert",
    "silent",
  ],
  [
    "cond_resched_rwlock_write(): others come in between",
    `${two}static DEFINE_RWLOCK(l);
static int x; /* 0..1 */
static void f(void) { write_lock(&l); x = 1; cond_resched_rwlock_write(&l); x = 0; write_unlock(&l); }
static void g(void) { read_lock(&l); BUG_ON(x); read_unlock(&l); }`,
    "assert",
    "silent",
  ],
  [
    "rwsem_is_locked() holds for its readers",
    `${one}static DECLARE_RWSEM(s);
static void f(void) { BUG_ON(rwsem_is_locked(&s)); down_read(&s); BUG_ON(!rwsem_is_locked(&s)); up_read(&s); down_write(&s); BUG_ON(!rwsem_is_locked(&s)); up_write(&s); }`,
    "safe",
    "silent",
  ],
  [
    "down_read_non_owner(): dropped by another, of which lockdep knows nothing",
    `${two}static DECLARE_RWSEM(s);
static DECLARE_COMPLETION(c);
static void f(void) { down_read_non_owner(&s); complete(&c); }
static void g(void) { wait_for_completion(&c); up_read_non_owner(&s); down_write(&s); up_write(&s); }`,
    "safe",
    "silent",
  ],
  [
    "down_read_non_owner() twice, a writer between: a deadlock that lockdep is not told of",
    `${two}static DECLARE_RWSEM(s);
static void f(void) { down_read_non_owner(&s); down_read_non_owner(&s); up_read_non_owner(&s); up_read_non_owner(&s); }
static void g(void) { down_write(&s); up_write(&s); }`,
    "deadlock",
    "silent",
  ],
  [
    "down_write_killable_nested()",
    `/* lab: signals */\n${one}static struct rw_semaphore s[2];
static void f(void) { down_write(&s[0]); if (down_write_killable_nested(&s[1], 1) == 0) up_write(&s[1]); up_write(&s[0]); }`,
    "safe",
    "silent",
  ],
  [
    "percpu_down_read_trylock() fails while a writer is there",
    `${two}static DEFINE_PERCPU_RWSEM(s);
static int x; /* 0..1 */
static void f(void) { percpu_down_write(&s); x = 1; x = 0; percpu_up_write(&s); }
static void g(void) { if (percpu_down_read_trylock(&s)) { BUG_ON(x); percpu_up_read(&s); } }`,
    "safe",
    "silent",
  ],
  [
    "cpus_read_trylock() and lockdep_assert_cpus_held()",
    `${one}static void f(void) { if (cpus_read_trylock()) { lockdep_assert_cpus_held(); cpus_read_unlock(); } lockdep_assert_cpus_held(); }`,
    "safe",
    "warn",
  ],
  [
    "rt_mutex_lock_nested() and rt_mutex_is_locked()",
    `${one}static struct rt_mutex m[2];
static void f(void) { rt_mutex_lock(&m[0]); rt_mutex_lock_nested(&m[1], 1); BUG_ON(!rt_mutex_is_locked(&m[1])); rt_mutex_unlock(&m[1]); rt_mutex_unlock(&m[0]); }`,
    "safe",
    "silent",
  ],
  [
    "hlist_bl_lock(): two heads in two orders, of which lockdep knows nothing",
    `${two}static struct hlist_bl_head a, b;
static void f(void) { hlist_bl_lock(&a); hlist_bl_lock(&b); hlist_bl_unlock(&b); hlist_bl_unlock(&a); }
static void g(void) { hlist_bl_lock(&b); hlist_bl_lock(&a); hlist_bl_unlock(&a); hlist_bl_unlock(&b); }`,
    "deadlock",
    "silent",
  ],
  [
    "hlist_bl_add_head() under its bit",
    `${two}struct foo { struct hlist_bl_node node; int n; /* 0..1 */ };
static struct foo x, y;
static struct hlist_bl_head head;
static void add(struct foo *of) { hlist_bl_lock(&head); hlist_bl_add_head(&of->node, &head); hlist_bl_unlock(&head); }
static void f(void) { add(&x); }
static void g(void) { struct foo *p; struct hlist_bl_node *pos; add(&y); hlist_bl_lock(&head); hlist_bl_for_each_entry(p, pos, &head, node) { p->n = 1; } hlist_bl_unlock(&head); }`,
    "safe",
    "silent",
  ],
  [
    "hlist_bl_add_head() without it",
    `${two}struct foo { struct hlist_bl_node node; };
static struct foo x, y;
static struct hlist_bl_head head;
static void f(void) { hlist_bl_add_head(&x.node, &head); }
static void g(void) { hlist_bl_lock(&head); hlist_bl_add_head(&y.node, &head); hlist_bl_unlock(&head); }`,
    "corruption",
    "silent",
  ],
  [
    "xa_lock_irq() in two orders",
    `${two}static struct xarray a;
static DEFINE_SPINLOCK(l);
static void f(void) { xa_lock_irq(&a); spin_lock(&l); spin_unlock(&l); xa_unlock_irq(&a); }
static void g(void) { spin_lock(&l); xa_lock(&a); xa_unlock(&a); spin_unlock(&l); }`,
    "deadlock",
    "circular",
  ],
  [
    "dma_resv_lock(), two buffers in two orders without a context",
    `${two}static struct dma_resv a, b;
static void init(void) { dma_resv_init(&a); dma_resv_init(&b); }
static void f(void) { dma_resv_lock(&a, NULL); dma_resv_lock(&b, NULL); dma_resv_unlock(&b); dma_resv_unlock(&a); }
static void g(void) { dma_resv_lock(&b, NULL); dma_resv_lock(&a, NULL); dma_resv_unlock(&a); dma_resv_unlock(&b); }`,
    "deadlock",
    "recursive",
  ],
  [
    "folio_lock() and filemap_invalidate_lock() in two orders",
    `${two}static struct folio folio;
static struct address_space mapping;
static void f(void) { folio_lock(&folio); filemap_invalidate_lock(&mapping); filemap_invalidate_unlock(&mapping); folio_unlock(&folio); }
static void g(void) { filemap_invalidate_lock_shared(&mapping); folio_lock(&folio); folio_unlock(&folio); filemap_invalidate_unlock_shared(&mapping); }`,
    "deadlock",
    "silent",
  ],
  [
    "i_mmap_lock_write() and lock_buffer() in two orders",
    `${two}static struct buffer_head bh;
static struct address_space mapping;
static void f(void) { lock_buffer(&bh); i_mmap_lock_write(&mapping); i_mmap_unlock_write(&mapping); unlock_buffer(&bh); }
static void g(void) { i_mmap_lock_read(&mapping); lock_buffer(&bh); unlock_buffer(&bh); i_mmap_unlock_read(&mapping); }`,
    "deadlock",
    "silent",
  ],
];

const counting: readonly Row[] = [
  [
    "atomic_dec_if_positive() stops at 0",
    `${one}static atomic_t v = ATOMIC_INIT(1);
static void f(void) { BUG_ON(atomic_dec_if_positive(&v) != 0); BUG_ON(atomic_dec_if_positive(&v) != -1); BUG_ON(atomic_read(&v) != 0); }`,
    "safe",
    "silent",
  ],
  [
    "atomic_inc_unless_negative() and atomic_dec_unless_positive()",
    `${one}static atomic_t v = ATOMIC_INIT(0);
static void f(void) { BUG_ON(!atomic_inc_unless_negative(&v)); BUG_ON(atomic_dec_unless_positive(&v)); atomic_set(&v, -1); BUG_ON(atomic_inc_unless_negative(&v)); BUG_ON(!atomic_dec_unless_positive(&v)); BUG_ON(atomic_read(&v) != -2); }`,
    "safe",
    "silent",
  ],
  [
    "atomic_fetch_add_unless()",
    `${one}static atomic_t v = ATOMIC_INIT(3);
static void f(void) { BUG_ON(atomic_fetch_add_unless(&v, 2, 3) != 3); BUG_ON(atomic_read(&v) != 3); BUG_ON(atomic_fetch_add_unless(&v, 2, 0) != 3); BUG_ON(atomic_read(&v) != 5); }`,
    "safe",
    "silent",
  ],
  [
    "this_cpu_inc_return(), this_cpu_xchg() and their kin are one step each",
    `${one}/* lab: hardirq h on 0 */
static DEFINE_PER_CPU(int, n); /* 0..7 */
static void h(void) { this_cpu_or(n, 4); this_cpu_and(n, 3); }
static void f(void) { BUG_ON(this_cpu_inc_return(n) % 4 != 1); BUG_ON(this_cpu_add_return(n, 2) % 4 != 3); BUG_ON(this_cpu_xchg(n, 2) % 4 != 3); BUG_ON(this_cpu_sub_return(n, 1) % 4 != 1); BUG_ON(this_cpu_dec_return(n) % 4 != 0); }`,
    "safe",
    "silent",
  ],
  [
    "refcount_dec_if_one() and refcount_dec_not_one()",
    `${one}static refcount_t r = REFCOUNT_INIT(2);
static void f(void) { BUG_ON(refcount_dec_if_one(&r)); BUG_ON(!refcount_dec_not_one(&r)); BUG_ON(refcount_dec_not_one(&r)); BUG_ON(!refcount_dec_if_one(&r)); BUG_ON(refcount_read(&r) != 0); }`,
    "safe",
    "silent",
  ],
  [
    "refcount_add() and refcount_sub_and_test()",
    `${one}static refcount_t r = REFCOUNT_INIT(1);
static void f(void) { refcount_add(2, &r); BUG_ON(refcount_sub_and_test(2, &r)); BUG_ON(!refcount_sub_and_test(1, &r)); }`,
    "safe",
    "silent",
  ],
  [
    "refcount_dec_and_lock_irqsave() holds the lock with IRQs off for the last",
    `${one}/* lab: hardirq h on 0 */
static refcount_t r = REFCOUNT_INIT(1);
static DEFINE_SPINLOCK(l);
static void h(void) { spin_lock(&l); spin_unlock(&l); }
static void f(void) { unsigned long flags; if (refcount_dec_and_lock_irqsave(&r, &l, flags)) spin_unlock_irqrestore(&l, flags); }`,
    "safe",
    "silent",
  ],
  [
    "kref_put_mutex(): the last one frees with the lock held",
    `${two}struct foo { struct kref ref; int freed; /* 0..1 */ };
static struct foo x = { .ref = KREF_INIT(2) };
static DEFINE_MUTEX(m);
static void release(struct kref *ref) { struct foo *of = container_of(ref, struct foo, ref); BUG_ON(of->freed); of->freed = 1; mutex_unlock(&m); }
static void f(void) { kref_put_mutex(&x.ref, release, &m); }
static void g(void) { kref_put_mutex(&x.ref, release, &m); }`,
    "safe",
    "silent",
  ],
  [
    "kref_put_lock() whose release forgets to unlock",
    `${one}static struct kref ref = KREF_INIT(1);
static DEFINE_SPINLOCK(l);
static void release(struct kref *of) { }
static void f(void) { kref_put_lock(&ref, release, &l); }`,
    "misuse",
    "user-space",
  ],
  [
    "list_is_singular() and list_count_nodes()",
    `${one}struct foo { struct list_head node; };
static struct foo x, y;
static LIST_HEAD(head);
static void f(void) { BUG_ON(list_is_singular(&head)); list_add(&x.node, &head); BUG_ON(!list_is_singular(&head)); list_add(&y.node, &head); BUG_ON(list_is_singular(&head)); BUG_ON(list_count_nodes(&head) != 2); }`,
    "safe",
    "silent",
  ],
];

const words: readonly Row[] = [
  [
    "the bits of a word have the first value of the word",
    `${one}struct dev { unsigned long flags; };
static unsigned long a = 6;
static struct dev d[2] = { { .flags = 1 }, { .flags = 2 } };
static void f(void) { BUG_ON(test_bit(0, &a)); BUG_ON(!test_bit(1, &a)); BUG_ON(!test_bit(2, &a)); BUG_ON(!test_bit(0, &d[0].flags)); BUG_ON(test_bit(1, &d[0].flags)); BUG_ON(!test_bit(1, &d[1].flags)); }`,
    "safe",
    "silent",
  ],
  [
    "the states of tasks are different numbers",
    `${one}static void f(void) { set_current_state(TASK_UNINTERRUPTIBLE); BUG_ON(current->__state == TASK_INTERRUPTIBLE); BUG_ON(current->__state == TASK_RUNNING); __set_current_state(TASK_RUNNING); }`,
    "safe",
    "silent",
  ],
];

const waits: readonly Row[] = [
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
];

const deferred: readonly Row[] = [
  [
    "call_srcu(): after the readers of its domain, who may sleep",
    `${two}struct foo { struct rcu_head rcu; bool dead; };
static struct foo x;
static struct foo *gp = &x;
static DEFINE_SRCU(s);
static void freed(struct rcu_head *head) { struct foo *of = container_of(head, struct foo, rcu); of->dead = true; }
static void f(void) { int idx = srcu_read_lock(&s); struct foo *p = srcu_dereference(gp, &s); msleep(1); if (p) BUG_ON(p->dead); srcu_read_unlock(&s, idx); }
static void g(void) { rcu_assign_pointer(gp, NULL); call_srcu(&s, &x.rcu, freed); srcu_barrier(&s); BUG_ON(!x.dead); }`,
    "safe",
    "silent",
  ],
  [
    "call_srcu() of another domain",
    `${two}struct foo { struct rcu_head rcu; bool dead; };
static struct foo x;
static struct foo *gp = &x;
static DEFINE_SRCU(s);
static DEFINE_SRCU(other);
static void freed(struct rcu_head *head) { struct foo *of = container_of(head, struct foo, rcu); of->dead = true; }
static void f(void) { int idx = srcu_read_lock(&s); struct foo *p = srcu_dereference(gp, &s); if (p) BUG_ON(p->dead); srcu_read_unlock(&s, idx); }
static void g(void) { rcu_assign_pointer(gp, NULL); call_srcu(&other, &x.rcu, freed); }`,
    "assert",
    "silent",
  ],
  [
    "srcu_barrier() under the spinlock that its callback takes",
    `${one}static struct rcu_head head;
static DEFINE_SRCU(s);
static DEFINE_SPINLOCK(l);
static void freed(struct rcu_head *of) { spin_lock(&l); spin_unlock(&l); }
static void f(void) { call_srcu(&s, &head, freed); spin_lock(&l); srcu_barrier(&s); spin_unlock(&l); }`,
    "deadlock",
    "silent",
  ],
  [
    "irq_work_queue_on(): on that CPU, whose lock is held with IRQs on",
    `${two}static DEFINE_RAW_SPINLOCK(l);
static struct irq_work w;
static void fn(struct irq_work *of) { raw_spin_lock(&l); raw_spin_unlock(&l); }
static void init(void) { init_irq_work(&w, fn); }
static void f(void) { irq_work_queue_on(&w, 1); }
static void g(void) { raw_spin_lock(&l); raw_spin_unlock(&l); }`,
    "deadlock",
    "inconsistent",
  ],
  [
    "irq_work_queue_on() of a CPU that takes no such lock",
    `${two}static DEFINE_RAW_SPINLOCK(l);
static struct irq_work w;
static void fn(struct irq_work *of) { raw_spin_lock(&l); raw_spin_unlock(&l); }
static void init(void) { init_irq_work(&w, fn); }
static void f(void) { irq_work_queue_on(&w, 1); irq_work_sync(&w); BUG_ON(irq_work_is_pending(&w)); BUG_ON(irq_work_is_busy(&w)); raw_spin_lock(&l); raw_spin_unlock(&l); }
static void g(void) { }`,
    "safe",
    "inconsistent",
  ],
  [
    "devm_request_irq(): the line stands behind the device",
    `${one}struct dev { spinlock_t lock; };
static struct dev d;
static int irq = 7;
static irqreturn_t handler(int irq, void *data) { struct dev *of = data; spin_lock(&of->lock); spin_unlock(&of->lock); return IRQ_HANDLED; }
static void f(void) { spin_lock(&d.lock); spin_unlock(&d.lock); }
static int probe(void) { return devm_request_irq(NULL, irq, handler, 0, "d", &d); }`,
    "deadlock",
    "inconsistent",
  ],
  [
    "disable_hardirq() waits for the hard handler",
    `${one}static int irq = 7;
static int busy; /* 0..1 */
static irqreturn_t handler(int irq, void *data) { busy = 1; busy = 0; return IRQ_HANDLED; }
static int probe(void) { return request_irq(irq, handler, 0, "d", NULL); }
static void f(void) { disable_hardirq(irq); BUG_ON(busy); enable_irq(irq); }`,
    "safe",
    "silent",
  ],
  [
    "del_singleshot_timer_sync() under the lock of its timer",
    `${one}static struct timer_list t;
static DEFINE_SPINLOCK(l);
static void fn(struct timer_list *of) { spin_lock(&l); spin_unlock(&l); }
static void init(void) { timer_setup(&t, fn, 0); }
static void f(void) { mod_timer(&t, 1); spin_lock_bh(&l); del_singleshot_timer_sync(&t); spin_unlock_bh(&l); }`,
    "deadlock",
    "circular",
  ],
];

const annotations: readonly Row[] = [
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
];

describe.each([
  ["locks", locks],
  ["counts and lists", counting],
  ["words and states", words],
  ["waits", waits],
  ["what runs later", deferred],
  ["annotations", annotations],
] as const)("calls that are less often seen: %s", (_, all) => {
  it.each(all)("%s", (...row) => {
    expectVerdicts(row);
  });
});
