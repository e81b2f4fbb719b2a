/* Who frees the slot wakes the two that wait for it, when it has dropped the lock. */
/* lab: thread waiter on 0 */
/* lab: thread other on 1 */
/* lab: thread owner on 2 */
static DEFINE_SPINLOCK(lock);
static struct task_struct *first; /* waiter */
static struct task_struct *second; /* other */
static bool ready;

static void wait_for_slot(void)
{
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(ready))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

static void waiter(void)
{
	wait_for_slot();
}

static void other(void)
{
	wait_for_slot();
}

static void owner(void)
{
	DEFINE_WAKE_Q(wake_q);

	spin_lock(&lock);
	ready = true;
	wake_q_add(&wake_q, first);
	wake_q_add(&wake_q, second);
	spin_unlock(&lock);
	wake_up_q(&wake_q);
}
