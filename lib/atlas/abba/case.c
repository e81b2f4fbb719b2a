/*
 * Two mutexes, taken in two orders.
 *
 * lab: thread left on 0 forever
 * lab: thread right on 1 forever
 */
static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);

static void left(void)
{
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&b);
	mutex_unlock(&a);
}

static void right(void)
{
	mutex_lock(&b);
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&b);
}
