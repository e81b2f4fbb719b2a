/* lab: thread t on 0 */
struct sess { struct timer_list timer; spinlock_t lock; };
static struct sess s;
static void timeout(struct timer_list *t)
{
	struct sess *se = from_timer(se, t, timer);

	spin_lock(&se->lock);
	spin_unlock(&se->lock);
}
static void t(void)
{
	spin_lock_init(&s.lock);
	timer_setup(&s.timer, timeout, 0);
	mod_timer(&s.timer, jiffies + HZ);
	spin_lock_bh(&s.lock);
	del_timer_sync(&s.timer);
	spin_unlock_bh(&s.lock);
}
