/* lab: thread t on 0 */
static DEFINE_SPINLOCK(l);
static void tl_fn(struct tasklet_struct *t)
{
	spin_lock(&l);
	spin_unlock(&l);
}
static DECLARE_TASKLET(tl, tl_fn);
static void t(void)
{
	tasklet_schedule(&tl);
	spin_lock_bh(&l);
	tasklet_kill(&tl);
	spin_unlock_bh(&l);
}
