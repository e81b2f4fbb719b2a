/* lab: cpus 2 */
/* lab: thread remove on 0 */
struct dev { struct mutex lock; struct work_struct reset; bool gone; };
static struct dev d;
static void reset_fn(struct work_struct *work)
{
	struct dev *p = container_of(work, struct dev, reset);

	mutex_lock(&p->lock);
	p->gone = false;
	mutex_unlock(&p->lock);
}
static void remove(void)
{
	mutex_init(&d.lock);
	INIT_WORK(&d.reset, reset_fn);
	schedule_work(&d.reset);
	mutex_lock(&d.lock);
	d.gone = true;
	cancel_work_sync(&d.reset);
	mutex_unlock(&d.lock);
}
