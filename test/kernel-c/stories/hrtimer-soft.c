/* lab: cpus 1 */
/* lab: thread task on 0 */
struct dev {
	spinlock_t lock;
	struct hrtimer hrtimer;
};
static struct dev dev;

static enum hrtimer_restart dev_expired(struct hrtimer *unused)
{
	spin_lock(&dev.lock);
	spin_unlock(&dev.lock);
	return HRTIMER_NORESTART;
}

static void dev_init(void)
{
	spin_lock_init(&dev.lock);
	hrtimer_setup(&dev.hrtimer, dev_expired, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
}

static void task(void)
{
	hrtimer_start(&dev.hrtimer, ms_to_ktime(10), HRTIMER_MODE_REL);
	spin_lock_bh(&dev.lock);
	spin_unlock_bh(&dev.lock);
}
