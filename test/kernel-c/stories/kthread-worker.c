/* lab: thread close */
static DEFINE_MUTEX(lock);
static struct kthread_worker worker;
static struct kthread_work reset;

static void dev_reset(struct kthread_work *work)
{
	mutex_lock(&lock);
	mutex_unlock(&lock);
}

static void dev_init(void)
{
	kthread_init_worker(&worker);
	kthread_init_work(&reset, dev_reset);
}

static void close(void)
{
	kthread_queue_work(&worker, &reset);
	mutex_lock(&lock);
	kthread_flush_work(&reset);
	mutex_unlock(&lock);
}
