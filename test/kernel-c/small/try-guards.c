/* Both take their own lock and try the other's: nobody waits while it holds one. */
/* lab: thread ab on 0 */
/* lab: thread ba on 1 */
static DEFINE_RAW_SPINLOCK(a);
static DEFINE_RAW_SPINLOCK(b);
static DEFINE_RWLOCK(table);

static void ab(void)
{
	guard(raw_spinlock_irq)(&a);
	scoped_guard(raw_spinlock_try, &b) {
		guard(rcu)();
	}
}

static void ba(void)
{
	scoped_guard(write_lock_irqsave, &table) {
		scoped_guard(raw_spinlock_nested, &b, SINGLE_DEPTH_NESTING) {
			scoped_guard(raw_spinlock_try, &a)
				cpu_relax();
		}
	}
}
