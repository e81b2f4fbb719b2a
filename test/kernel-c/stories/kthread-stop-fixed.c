/* lab: thread worker
 * lab: thread stop
 */
static struct task_struct *task; /* worker */
static DEFINE_MUTEX(lock);

static int worker(void)
{
	while (!kthread_should_stop()) {
		mutex_lock(&lock);
		mutex_unlock(&lock);
	}
	return 0;
}

static void stop(void)
{
	kthread_stop(task);
	mutex_lock(&lock);
	mutex_unlock(&lock);
}
