/* lab: thread life on 0 */
struct priv { struct delayed_work dwork; struct mutex lock; bool stop; };
static struct priv p;
static void poll(struct work_struct *work)
{
	struct priv *pr = container_of(work, struct priv, dwork.work);

	mutex_lock(&pr->lock);
	if (!pr->stop)
		schedule_delayed_work(&pr->dwork, HZ);
	mutex_unlock(&pr->lock);
}
static int probe(void)
{
	mutex_init(&p.lock);
	INIT_DELAYED_WORK(&p.dwork, poll);
	schedule_delayed_work(&p.dwork, 0);
	return 0;
}
static void life(void);
static void remove(void)
{
	mutex_lock(&p.lock);
	p.stop = true;
	cancel_delayed_work_sync(&p.dwork);
	mutex_unlock(&p.lock);
}
static void life(void) { probe(); remove(); }
