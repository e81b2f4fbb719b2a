/* lab: thread p forever
   lab: thread c forever */
static DEFINE_SPINLOCK(lock);
static DECLARE_WAIT_QUEUE_HEAD(not_full);
static DECLARE_WAIT_QUEUE_HEAD(not_empty);
#define SIZE 2
static int buf[SIZE]; /* 0..1 */
static int head, tail, count; /* 0..2 */
static void p(void)
{
	wait_event(not_full, READ_ONCE(count) < SIZE);
	spin_lock(&lock);
	if (count < SIZE) {
		buf[head] = 1;
		head = (head + 1) % SIZE;
		count++;
	}
	spin_unlock(&lock);
	wake_up(&not_empty);
}
static void c(void)
{
	wait_event(not_empty, READ_ONCE(count) > 0);
	spin_lock(&lock);
	if (count > 0) {
		buf[tail] = 0;
		tail = (tail + 1) % SIZE;
		count--;
	}
	spin_unlock(&lock);
	wake_up(&not_full);
}
