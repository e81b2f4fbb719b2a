/* lab: thread a on 0 */
/* lab: thread b on 1 */
static DEFINE_SEMAPHORE(slots, 1);
static DEFINE_MUTEX(m);
static int a(void)
{
	if (down_interruptible(&slots))
		return -EINTR;
	mutex_lock(&m);
	mutex_unlock(&m);
	up(&slots);
	return 0;
}
static void b(void)
{
	mutex_lock(&m);
	if (down_trylock(&slots) == 0)
		up(&slots);
	mutex_unlock(&m);
}
