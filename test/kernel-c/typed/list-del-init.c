/* lab: thread add on 0 */
/* lab: thread del on 1 */
struct item {
	struct list_head node;
	int v; /* 0..3 */
};
static LIST_HEAD(items);
static DEFINE_SPINLOCK(items_lock);
static struct item one, two;

static void add(void)
{
	spin_lock_bh(&items_lock);
	list_add_tail(&one.node, &items);
	list_add(&two.node, &items);
	spin_unlock_bh(&items_lock);
}
static void del(void)
{
	struct item *it, *tmp;

	spin_lock_bh(&items_lock);
	list_for_each_entry_safe(it, tmp, &items, node) {
		list_del_init(&it->node);
		it->v++;
	}
	spin_unlock_bh(&items_lock);
}
