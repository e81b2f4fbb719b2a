/* A mutex under a spinlock: its owner may sleep where nobody may. */
static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);

/* lab: thread task on 0 */
static void task(void)
{
	spin_lock(&lock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}
