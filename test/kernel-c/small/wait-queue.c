/* lab: thread sleeper
 * lab: thread waker
 * lab: signals */
struct dev { wait_queue_head_t wait; spinlock_t lock; int a; /* 0..3 */ int b; /* 0..3 */ };
static struct dev dev;
static void init(void)
{
	init_waitqueue_head(&dev.wait);
	spin_lock_init(&dev.lock);
}
static int sleeper(void)
{
	struct dev *d = &dev;
	if (wait_event_interruptible(d->wait, READ_ONCE(d->a) > READ_ONCE(d->b)))
		return -ERESTARTSYS;
	DEFINE_WAIT(wait);
	prepare_to_wait(&d->wait, &wait, TASK_UNINTERRUPTIBLE);
	if (!d->b)
		schedule();
	finish_wait(&d->wait, &wait);
	return 0;
}
static void waker(void)
{
	WRITE_ONCE(dev.a, 2);
	wake_up(&dev.wait);
	dev.b = 1;
	wake_up_all(&dev.wait);
}
