/* lab: thread producer
 * lab: thread reaper */
struct item { struct list_head node; int done; };
static struct item items[2];
static LIST_HEAD(pending);
static DEFINE_SPINLOCK(lock);
static void producer(void)
{
	spin_lock(&lock);
	list_add_tail(&items[0].node, &pending);
	list_add(&items[1].node, &pending);
	spin_unlock(&lock);
}
static void reaper(void)
{
	struct item *it, *tmp;
	spin_lock(&lock);
	list_for_each_entry_safe(it, tmp, &pending, node) {
		list_del(&it->node);
		it->done = 1;
	}
	spin_unlock(&lock);
	while (!list_empty(&pending)) {
		it = list_first_entry(&pending, struct item, node);
		list_del_init(&it->node);
	}
}
