// lab: thread ioctl
// lab: thread remove
#include <linux/workqueue.h>
#define DRV_NAME "drv"
struct priv {
	struct mutex		lock;		/* protects users */
	struct work_struct	work;
	struct timer_list	watchdog;
	unsigned int		users;		/* 0..2 */
	bool			gone;
};
static struct priv *the_priv;
static struct priv priv0;
static void drv_work(struct work_struct *w)
{
	struct priv *p = container_of(w, struct priv, work);

	mutex_lock(&p->lock);
	if (!p->gone)
		mod_timer(&p->watchdog, jiffies + msecs_to_jiffies(100));
	mutex_unlock(&p->lock);
}
static void drv_timeout(struct timer_list *t)
{
	struct priv *p = from_timer(p, t, watchdog);

	schedule_work(&p->work);
}
static int drv_probe(void)
{
	struct priv *p = &priv0;

	mutex_init(&p->lock);
	INIT_WORK(&p->work, drv_work);
	timer_setup(&p->watchdog, drv_timeout, 0);
	the_priv = p;
	return 0;
}
static long ioctl(void)
{
	struct priv *p = &priv0;

	mutex_lock(&p->lock);
	p->users++;
	schedule_work(&p->work);
	mutex_unlock(&p->lock);
	return 0;
}
static void remove(void)
{
	struct priv *p = &priv0;

	mutex_lock(&p->lock);
	p->gone = true;
	cancel_work_sync(&p->work);
	mutex_unlock(&p->lock);
	del_timer_sync(&p->watchdog);
}
