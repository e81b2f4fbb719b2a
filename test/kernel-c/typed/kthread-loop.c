static DECLARE_WAIT_QUEUE_HEAD(wq);
static atomic_t pending = ATOMIC_INIT(0);
static struct task_struct *task;
static int worker_fn(void *data)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!atomic_read(&pending)) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		atomic_dec(&pending);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}
static int __init m_init(void)
{
	task = kthread_run(worker_fn, NULL, "worker");
	return PTR_ERR_OR_ZERO(task);
}
static void __exit m_exit(void)
{
	kthread_stop(task);
}
module_init(m_init);
module_exit(m_exit);
/* lab: thread poke */
void poke(void) { atomic_inc(&pending); wake_up_process(task); m_exit(); }
