/*
 * A sleeper that looks before it says that it will sleep: the wakeup in between is lost.
 *
 * lab: thread sleeper on 0
 * lab: thread waker on 1
 */
static bool condition;
static struct task_struct *task; /* sleeper */

static void sleeper(void)
{
	if (!READ_ONCE(condition)) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
}

static void waker(void)
{
	WRITE_ONCE(condition, true);
	wake_up_process(task);
}
