/* One CPU drains the cache of the other by an IPI, and its own by hand. */
/* lab: cpus 2 */
/* lab: thread drain on 0 */
/* lab: thread fill on 1 */
static DEFINE_PER_CPU(int, cached) = 1; /* 0..2 */
static DEFINE_RAW_SPINLOCK(pool_lock);
static int pool; /* 0..4 */

static void drain_local(void *info)
{
	int n = this_cpu_read(cached);

	this_cpu_write(cached, 0);
	raw_spin_lock(&pool_lock);
	pool += n;
	raw_spin_unlock(&pool_lock);
}

static void drain(void)
{
	unsigned long flags;

	smp_call_function_single(1, drain_local, NULL, 1);
	on_each_cpu(drain_local, NULL, 1);
	raw_spin_lock_irqsave(&pool_lock, flags);
	WARN_ON(pool < 2);
	raw_spin_unlock_irqrestore(&pool_lock, flags);
}

static void fill(void)
{
	this_cpu_inc(cached);
}
