/* A mutex in an RCU read-side section. */
#include <linux/mutex.h>
#include <linux/rcupdate.h>

static DEFINE_MUTEX(m);

/* lab: thread reader on 0 */
static void reader(void)
{
	rcu_read_lock();
	mutex_lock(&m);
	mutex_unlock(&m);
	rcu_read_unlock();
}
