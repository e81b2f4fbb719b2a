/* lab: thread exit */
DEFINE_STATIC_SRCU(srcu);
static struct rcu_head head;
static bool unloaded;

static void obj_free(struct rcu_head *rcu)
{
	BUG_ON(unloaded);
}

static void exit(void)
{
	call_srcu(&srcu, &head, obj_free);
	unloaded = true;
}
