/* lab: thread t on 0 */
static struct workqueue_struct *wq;
static DEFINE_MUTEX(m);
static void fn(struct work_struct *w)
{
	mutex_lock(&m);
	mutex_unlock(&m);
}
static DECLARE_WORK(work, fn);
static int t(void)
{
	wq = alloc_workqueue("x", WQ_UNBOUND, 1);
	if (!wq)
		return -ENOMEM;
	queue_work(wq, &work);
	mutex_lock(&m);
	flush_workqueue(wq);
	mutex_unlock(&m);
	destroy_workqueue(wq);
	return 0;
}
