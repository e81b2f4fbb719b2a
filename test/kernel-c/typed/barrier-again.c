/* a barrier as students write it, with a wait queue: reused at once */
#define N 2
static DEFINE_SPINLOCK(lock);
static DECLARE_WAIT_QUEUE_HEAD(all);
static int count; /* 0..2 */
static void barrier_wait(void)
{
	spin_lock(&lock);
	count++;
	if (count == N) {
		count = 0;
		spin_unlock(&lock);
		wake_up_all(&all);
		return;
	}
	spin_unlock(&lock);
	wait_event(all, READ_ONCE(count) == 0);
}
/* lab: thread w */
/* lab: thread w */
void w(void) { barrier_wait(); barrier_wait(); }
