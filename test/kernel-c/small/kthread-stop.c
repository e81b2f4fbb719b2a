/* lab: thread worker
 * lab: thread stop
 */
static struct task_struct *task; /* worker */
static DEFINE_MUTEX(lock);
static DECLARE_WAIT_QUEUE_HEAD(wq);
static int work; /* 0..1 */

static int worker(void)
{
	while (!kthread_should_stop()) {
		wait_event_interruptible(wq, work || kthread_should_stop());
		mutex_lock(&lock);
		work = 0;
		mutex_unlock(&lock);
	}
	return 0;
}

static void stop(void)
{
	kthread_stop(task);
}
