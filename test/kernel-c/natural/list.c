/* lab: thread producer on 0 forever
 * lab: thread consumer on 1 forever */
struct item { struct list_head node; int v; /* 0..1 */ };
static struct item items[2];
static LIST_HEAD(queue);
static DEFINE_SPINLOCK(qlock);
static void producer(void)
{
	int i;
	for (i = 0; i < 2; i++) {
		spin_lock(&qlock);
		if (list_empty(&queue))
			list_add_tail(&items[i].node, &queue);
		spin_unlock(&qlock);
	}
}
static void consumer(void)
{
	struct item *it;
	spin_lock(&qlock);
	list_for_each_entry(it, &queue, node) {
		if (it->v)
			continue;
		it->v = 1;
		it->v = 0;
	}
	spin_unlock(&qlock);
}
