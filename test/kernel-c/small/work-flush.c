/* Flush of a work under the mutex that the work takes. */
#include <linux/workqueue.h>
struct drv { struct mutex lock; struct work_struct work; struct delayed_work poll; int n; /* 0..3 */ };
static struct drv drv;
static struct workqueue_struct *wq;
static void drv_work(struct work_struct *work)
{
	struct drv *d = container_of(work, struct drv, work);

	mutex_lock(&d->lock);
	d->n = 1;
	mutex_unlock(&d->lock);
}
static void drv_poll(struct work_struct *work)
{
	struct drv *d = container_of(to_delayed_work(work), struct drv, poll);
	d->n = 2;
}
static int __init drv_init(void)
{
	struct drv *d = &drv;
	mutex_init(&d->lock);
	INIT_WORK(&d->work, drv_work);
	INIT_DELAYED_WORK(&d->poll, drv_poll);
	wq = alloc_workqueue("drv", WQ_UNBOUND, 1);
	if (!wq)
		return -ENOMEM;
	return 0;
}
/* lab: thread drv_remove */
static void drv_remove(void)
{
	queue_work(wq, &drv.work);
	schedule_delayed_work(&drv.poll, HZ);
	mutex_lock(&drv.lock);
	flush_work(&drv.work);
	cancel_delayed_work_sync(&drv.poll);
	mutex_unlock(&drv.lock);
}
