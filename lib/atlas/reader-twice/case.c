/*
 * A reader that reads again inside, and a writer between the two.
 *
 * lab: thread walk on 0 forever
 * lab: thread release on 1 forever
 */
static DEFINE_RWLOCK(tasklist_lock);

static void lookup(void)
{
	read_lock(&tasklist_lock);
	read_unlock(&tasklist_lock);
}

static void walk(void)
{
	read_lock(&tasklist_lock);
	lookup();
	read_unlock(&tasklist_lock);
}

static void release(void)
{
	write_lock(&tasklist_lock);
	write_unlock(&tasklist_lock);
}
