/* lab: cpus 2 */
/* lab: thread t on 0 */
static DEFINE_RAW_SPINLOCK(l);
static struct hrtimer timer;
static enum hrtimer_restart fn(struct hrtimer *unused)
{
	raw_spin_lock(&l);
	raw_spin_unlock(&l);
	return HRTIMER_NORESTART;
}
static void t(void)
{
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	timer.function = fn;
	hrtimer_start(&timer, ms_to_ktime(10), HRTIMER_MODE_REL_HARD);
	raw_spin_lock_irq(&l);
	hrtimer_cancel(&timer);
	raw_spin_unlock_irq(&l);
}
