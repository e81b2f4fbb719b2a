/* del_timer_sync under the lock of the timer. lab: thread stop on 0 */
struct foo { struct timer_list timer; spinlock_t lock; };
static struct foo foo;
static void expired(struct timer_list *t)
{
	struct foo *f = from_timer(f, t, timer);
	spin_lock(&f->lock);
	mod_timer(&f->timer, jiffies + HZ);
	spin_unlock(&f->lock);
}
static void start(struct foo *f)
{
	spin_lock_init(&f->lock);
	timer_setup(&f->timer, expired, 0);
}
static void stop(void)
{
	mod_timer(&foo.timer, jiffies + HZ);
	spin_lock_bh(&foo.lock);
	del_timer_sync(&foo.timer);
	spin_unlock_bh(&foo.lock);
}
