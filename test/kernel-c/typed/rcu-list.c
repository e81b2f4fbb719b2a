/* lab: thread reader on 0 */
/* lab: thread writer on 1 */
struct rule { struct list_head list; int id; /* 0..3 */ struct rcu_head rcu; };
static LIST_HEAD(rules);
static DEFINE_SPINLOCK(rules_lock);
static struct rule r1 = { .id = 1 };
static int reader(void)
{
	struct rule *r;
	int found = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(r, &rules, list) {
		if (r->id == 1) {
			found = 1;
			break;
		}
	}
	rcu_read_unlock();
	return found;
}
static void writer(void)
{
	spin_lock(&rules_lock);
	list_add_rcu(&r1.list, &rules);
	spin_unlock(&rules_lock);
	spin_lock(&rules_lock);
	list_del_rcu(&r1.list);
	spin_unlock(&rules_lock);
	synchronize_rcu();
	r1.id = 0;
}
