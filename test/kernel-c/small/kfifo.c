/* lab: thread producer
 * lab: thread consumer
 */
static DEFINE_KFIFO(requests, int, 2); /* 0..3 */
static DEFINE_SPINLOCK(lock);

static void producer(void)
{
	int i;

	for (i = 1; i < 3; i++) {
		spin_lock(&lock);
		if (!kfifo_put(&requests, i))
			WARN_ON(1);
		spin_unlock(&lock);
	}
}

static void consumer(void)
{
	int value = 0, last = 0; /* 0..3 */

	while (last < 2) {
		spin_lock(&lock);
		if (kfifo_get(&requests, &value)) {
			BUG_ON(value != last + 1);
			last = value;
		}
		spin_unlock(&lock);
	}
	BUG_ON(!kfifo_is_empty(&requests));
}
