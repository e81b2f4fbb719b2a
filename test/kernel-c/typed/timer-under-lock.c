/* del_timer_sync() with the lock that the timer takes */
static DEFINE_SPINLOCK(list_lock);
static LIST_HEAD(list);
struct foo { struct list_head list; struct timer_list timer; };
static struct foo f0;
static void foo_timer(struct timer_list *t)
{
        struct foo *f = from_timer(f, t, timer);
        spin_lock(&list_lock);
        list_del_init(&f->list);
        spin_unlock(&list_lock);
}
static int __init init(void)
{
        INIT_LIST_HEAD(&f0.list);
        timer_setup(&f0.timer, foo_timer, 0);
        return 0;
}
module_init(init);
/* lab: thread user on 0 */
static void user(void)
{
        spin_lock_bh(&list_lock);
        list_add(&f0.list, &list);
        mod_timer(&f0.timer, jiffies + HZ);
        spin_unlock_bh(&list_lock);

        spin_lock_bh(&list_lock);
        del_timer_sync(&f0.timer);
        list_del_init(&f0.list);
        spin_unlock_bh(&list_lock);
}
