/* Two rt_mutexes. */
#include <linux/rtmutex.h>

static DEFINE_RT_MUTEX(rt_a);
static DEFINE_RT_MUTEX(rt_b);

/* lab: thread left on 0 */
static void left(void)
{
	rt_mutex_lock(&rt_a);
	rt_mutex_lock(&rt_b);
	rt_mutex_unlock(&rt_b);
	rt_mutex_unlock(&rt_a);
}

/* lab: thread right on 1 */
static void right(void)
{
	rt_mutex_lock(&rt_a);
	rt_mutex_lock(&rt_b);
	rt_mutex_unlock(&rt_b);
	rt_mutex_unlock(&rt_a);
}
