/* lab: thread waiter on 0 */
/* lab: thread waker on 1 */
static DECLARE_WAIT_QUEUE_HEAD(wq);
static int done;
static DEFINE_MUTEX(m);

static int waiter(void)
{
	int ret;

	mutex_lock(&m);
	ret = wait_event_interruptible(wq, READ_ONCE(done));
	mutex_unlock(&m);
	if (ret)
		return -ERESTARTSYS;
	return 0;
}
static void waker(void)
{
	mutex_lock(&m);
	WRITE_ONCE(done, 1);
	wake_up_interruptible(&wq);
	mutex_unlock(&m);
}
