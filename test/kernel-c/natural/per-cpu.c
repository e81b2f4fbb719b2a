/* lab: hardirq handler on 0
   lab: thread worker on 0 forever
   lab: thread other on 1 forever */
static DEFINE_PER_CPU(raw_spinlock_t, l);
static DEFINE_PER_CPU(int, count); /* 0..3 */
static DEFINE_SPINLOCK(big);
enum state { IDLE, BUSY = 4, DONE };
static enum state st;
static int try_it(void)
{
	unsigned long flags;
	int ret = -EBUSY;

	local_irq_save(flags);
	if (!raw_spin_trylock(this_cpu_ptr(&l)))
		goto out;
	this_cpu_write(count, 1);
	ret = 0;
	raw_spin_unlock(this_cpu_ptr(&l));
out:
	local_irq_restore(flags);
	return ret;
}
static irqreturn_t handler(int irq, void *dev)
{
	raw_spinlock_t *lock = &per_cpu(l, smp_processor_id());
	raw_spin_lock(lock);
	__this_cpu_write(count, 2);
	raw_spin_unlock(lock);
	return IRQ_HANDLED;
}
static void worker(void)
{
	int err = try_it();
	if (err)
		return;
	switch (st) {
	case IDLE:
		st = BUSY;
		break;
	case BUSY:
	case DONE:
		st = IDLE;
	default:
		break;
	}
}
static void other(void)
{
	int cpu;
	spin_lock(&big);
	cpu = smp_processor_id();
	if (cpu == 1) {
		raw_spin_lock(&per_cpu(l, 0));
		raw_spin_unlock(&per_cpu(l, 0));
	}
	spin_unlock(&big);
}
