#include <linux/rculist.h>
struct entry { struct hlist_node node; int key; struct rcu_head rcu; };
static struct hlist_head table[1];
static DEFINE_SPINLOCK(table_lock);
static struct entry e1 = { .key = 1 };
static bool freed;
static void entry_free(struct rcu_head *head) { freed = true; }
/* lab: thread lookup */
void lookup(void)
{
	struct entry *e;
	rcu_read_lock();
	hlist_for_each_entry_rcu(e, &table[0], node) {
		if (e->key == 1) {
			WARN_ON(freed);
			break;
		}
	}
	rcu_read_unlock();
}
/* lab: thread insert_remove */
void insert_remove(void)
{
	spin_lock(&table_lock);
	hlist_add_head_rcu(&e1.node, &table[0]);
	spin_unlock(&table_lock);
	spin_lock(&table_lock);
	hlist_del_rcu(&e1.node);
	spin_unlock(&table_lock);
	call_rcu(&e1.rcu, entry_free);
}
