/* SRCU readers waited for under a mutex that one of them takes. */
#include <linux/mutex.h>
#include <linux/srcu.h>

DEFINE_STATIC_SRCU(srcu);
static DEFINE_MUTEX(slots_lock);

/* lab: thread reader on 0 */
static void reader(void)
{
	int idx = srcu_read_lock(&srcu);

	mutex_lock(&slots_lock);
	mutex_unlock(&slots_lock);
	srcu_read_unlock(&srcu, idx);
}

/* lab: thread updater on 1 */
static void updater(void)
{
	mutex_lock(&slots_lock);
	synchronize_srcu(&srcu);
	mutex_unlock(&slots_lock);
}
