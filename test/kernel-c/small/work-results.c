/* lab: thread user */
static void expired(struct timer_list *t) { }
static void run(struct work_struct *w) { }

static DECLARE_WORK(work, run);
static DEFINE_TIMER(timer, expired);

static void user(void)
{
	BUG_ON(!queue_work(system_wq, &work));
	queue_work(system_wq, &work);
	cancel_work_sync(&work);
	BUG_ON(cancel_work(&work));
	BUG_ON(flush_work(&work));
	BUG_ON(!schedule_work(&work));
	BUG_ON(mod_timer(&timer, jiffies + HZ));
	del_timer_sync(&timer);
	BUG_ON(try_to_del_timer_sync(&timer));
	BUG_ON(del_timer(&timer));
}
