/* A grace period waited for by a reader. */
#include <linux/rcupdate.h>

/* lab: thread reader on 0 */
static void reader(void)
{
	rcu_read_lock();
	rcu_read_unlock();
	synchronize_rcu();
}
