/*
 * A sleeper that says that it will sleep before it looks.
 *
 * lab: thread sleeper on 0
 * lab: thread waker on 1
 */
static bool condition;
static struct task_struct *task; /* sleeper */

static void sleeper(void)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	if (!READ_ONCE(condition))
		schedule();
	__set_current_state(TASK_RUNNING);
}

static void waker(void)
{
	WRITE_ONCE(condition, true);
	wake_up_process(task);
}
