/*
 * Suspend to idle: the last CPU that freezes its tick stops the kernel's clock, and the first
 * that wakes starts it again. Both read the time from a chip.
 *
 * lab: cpus 3
 * lab: thread enter_s2idle on 0
 * lab: thread enter_s2idle on 1
 * lab: thread s2idle_wake on 2
 */
#define PREEMPT_RT 0
#define num_online_cpus() 2

static DEFINE_RAW_SPINLOCK(tick_freeze_lock);
static unsigned int tick_freeze_depth; /* 0..2 */
static bool woken;

static DEFINE_SPINLOCK(rtc_lock);
static bool rtc_locked; /* what PREEMPT_RT has instead: a lock that sleeps */

static void rt_spin_lock(void)
{
	spin_acquire(&rtc_lock.dep_map, 0, 0, _RET_IP_);
	if (!xchg(&rtc_locked, true))
		return;
	BUG_ON(!preemptible()); /* rtlock_slowlock() schedules */
	while (xchg(&rtc_locked, true))
		cpu_relax();
}

static void rt_spin_unlock(void)
{
	WRITE_ONCE(rtc_locked, false);
	spin_release(&rtc_lock.dep_map, _RET_IP_);
}

static void mc146818_get_time(void)
{
	unsigned long flags;

	if (PREEMPT_RT) {
		rt_spin_lock();
		rt_spin_unlock();
	} else {
		spin_lock_irqsave(&rtc_lock, flags);
		spin_unlock_irqrestore(&rtc_lock, flags);
	}
}

/* The chip's alarm, which does not go off here. */
static void cmos_interrupt(void)
{
	spin_lock(&rtc_lock);
	spin_unlock(&rtc_lock);
}

static void timekeeping_suspend(void)
{
	mc146818_get_time();
}

static void timekeeping_resume(void)
{
	mc146818_get_time();
}

static void tick_freeze(void)
{
	raw_spin_lock(&tick_freeze_lock);
	tick_freeze_depth++;
	if (tick_freeze_depth == num_online_cpus())
		timekeeping_suspend();
	raw_spin_unlock(&tick_freeze_lock);
}

static void tick_unfreeze(void)
{
	raw_spin_lock(&tick_freeze_lock);
	if (tick_freeze_depth == num_online_cpus())
		timekeeping_resume();
	tick_freeze_depth--;
	raw_spin_unlock(&tick_freeze_lock);
}

static void enter_s2idle(void)
{
	mc146818_get_time(); /* a task, before it is frozen */

	local_irq_disable();
	tick_freeze();
	smp_cond_load_relaxed(&woken, VAL); /* deep idle */
	tick_unfreeze();
	local_irq_enable();
}

static void s2idle_wake(void)
{
	WRITE_ONCE(woken, true);
}
