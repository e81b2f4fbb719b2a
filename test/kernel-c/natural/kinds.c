/* lab: thread f on 0
 * lab: thread g on 1
 * lab: softirq tick on 0 */
static rwlock_t rw;
static struct rw_semaphore sem;
static spinlock_t s;
static void tick(void) { spin_lock(&s); spin_unlock(&s); }
static void f(void)
{
	spin_lock_init(&s);
	down_read(&sem);
	spin_lock_bh(&s);
	lockdep_assert_held(&s);
	spin_unlock_bh(&s);
	up_read(&sem);
}
static void g(void)
{
	write_lock_irq(&rw);
	write_unlock_irq(&rw);
	down_write(&sem);
	downgrade_write(&sem);
	up_read(&sem);
}
