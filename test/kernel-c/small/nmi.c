/* lab: cpus 1
 * lab: thread task on 0
 * lab: nmi watchdog on 0
 */
static DEFINE_RAW_SPINLOCK(log_lock);

static void task(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&log_lock, flags);
	raw_spin_unlock_irqrestore(&log_lock, flags);
}

static void watchdog(void)
{
	if (raw_spin_trylock(&log_lock))
		raw_spin_unlock(&log_lock);
}
