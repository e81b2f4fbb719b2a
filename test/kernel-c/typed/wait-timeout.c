#define HZ 100
/* lab: thread waiter on 0 */
/* lab: thread waker on 1 */
static DECLARE_WAIT_QUEUE_HEAD(wq);
static int done;
static DEFINE_MUTEX(m);

static void waiter(void)
{
	long left;

	mutex_lock(&m);
	left = wait_event_timeout(wq, READ_ONCE(done), 5 * HZ);
	if (!left)
		pr_err("timed out\n");
	mutex_unlock(&m);
}
static void waker(void)
{
	mutex_lock(&m);
	WRITE_ONCE(done, 1);
	mutex_unlock(&m);
	wake_up(&wq);
}
