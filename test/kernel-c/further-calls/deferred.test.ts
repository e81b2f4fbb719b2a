import { expectVerdicts, one, two } from "./expect-verdicts.js";

expectVerdicts("what runs later", [
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
]);
