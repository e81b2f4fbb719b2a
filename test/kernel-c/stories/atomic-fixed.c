/* A spinlock under a mutex. */
static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);

/* lab: thread task on 0 */
static void task(void)
{
	guard(mutex)(&mutex);
	scoped_guard(spinlock, &lock) {
	}
}
