import { expectVerdicts, one, two } from "./expect-verdicts.js";

expectVerdicts("counts and lists", [
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
]);
