/* MCS lock with per-CPU nodes */
struct mcs_spinlock { struct mcs_spinlock *next; int locked; };
static struct mcs_spinlock *tail;
static DEFINE_PER_CPU(struct mcs_spinlock, node);
static int critical; /* 0..1 */
static void mcs_lock(void)
{
	struct mcs_spinlock *me = this_cpu_ptr(&node);
	struct mcs_spinlock *prev;
	me->locked = 0;
	me->next = NULL;
	prev = xchg(&tail, me);
	if (!prev)
		return;
	WRITE_ONCE(prev->next, me);
	while (!smp_load_acquire(&me->locked))
		cpu_relax();
}
static void mcs_unlock(void)
{
	struct mcs_spinlock *me = this_cpu_ptr(&node);
	struct mcs_spinlock *next = READ_ONCE(me->next);
	if (!next) {
		if (cmpxchg(&tail, me, NULL) == me)
			return;
		while (!(next = READ_ONCE(me->next)))
			cpu_relax();
	}
	smp_store_release(&next->locked, 1);
}
/* lab: thread worker on all */
/* lab: cpus 2 */
void worker(void)
{
	preempt_disable();
	mcs_lock();
	critical++;
	critical--;
	mcs_unlock();
	preempt_enable();
}
