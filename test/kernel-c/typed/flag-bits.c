/* lab: thread a on 0 */
/* lab: thread b on 1 */
#define F_BUSY	0
#define F_DEAD	1
static unsigned long flags;
static DECLARE_WAIT_QUEUE_HEAD(wq);
static void a(void)
{
	while (test_and_set_bit(F_BUSY, &flags))
		cpu_relax();
	smp_mb__after_atomic();
	if (test_bit(F_DEAD, &flags))
		goto out;
	set_bit(F_DEAD, &flags);
out:
	clear_bit_unlock(F_BUSY, &flags);
	wake_up_all(&wq);
}
static void b(void)
{
	wait_event(wq, test_bit(F_DEAD, &flags));
}
