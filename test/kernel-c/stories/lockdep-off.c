/* An order that lockdep is not shown. */
#include <linux/lockdep.h>
#include <linux/spinlock.h>

static DEFINE_RAW_SPINLOCK(raw_a);
static DEFINE_RAW_SPINLOCK(raw_b);

/* lab: thread left on 0 */
static void left(void)
{
	raw_spin_lock(&raw_a);
	raw_spin_lock(&raw_b);
	raw_spin_unlock(&raw_b);
	raw_spin_unlock(&raw_a);
}

/* lab: thread right on 1 */
static void right(void)
{
	lockdep_off();
	raw_spin_lock(&raw_b);
	raw_spin_lock(&raw_a);
	raw_spin_unlock(&raw_a);
	raw_spin_unlock(&raw_b);
	lockdep_on();
}
