/* lab: thread reader
   lab: thread updater */
struct foo { int a; bool dead; };
static struct foo f1, f2;
static struct foo __rcu *gp = &f1;
static DEFINE_SPINLOCK(gp_lock);
static void reader(void)
{
	struct foo *p;

	rcu_read_lock();
	p = rcu_dereference(gp);
	if (p)
		BUG_ON(p->dead);
	rcu_read_unlock();
}
static void updater(void)
{
	struct foo *old;

	spin_lock(&gp_lock);
	old = rcu_dereference_protected(gp, lockdep_is_held(&gp_lock));
	rcu_assign_pointer(gp, &f2);
	spin_unlock(&gp_lock);
	synchronize_rcu();
	old->dead = true;
}
