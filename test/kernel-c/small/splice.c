/* What was queued under the lock is worked off without it, from a list of one's own. */
/* lab: thread producer on 0 */
/* lab: thread consumer on 1 */
struct item {
	struct list_head node;
	int done; /* 0..1 */
};

static LIST_HEAD(pending);
static DEFINE_SPINLOCK(lock);
static struct item one, two;

static void producer(void)
{
	spin_lock(&lock);
	list_add_tail(&one.node, &pending);
	list_add_tail(&two.node, &pending);
	spin_unlock(&lock);
}

static void consumer(void)
{
	struct item *it, *tmp;
	LIST_HEAD(local);

	spin_lock(&lock);
	list_splice_init(&pending, &local);
	spin_unlock(&lock);
	list_for_each_entry_safe(it, tmp, &local, node) {
		list_del_init(&it->node);
		BUG_ON(!list_empty(&it->node));
		it->done = 1;
	}
}
