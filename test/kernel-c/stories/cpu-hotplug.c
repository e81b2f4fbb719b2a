/* A driver that takes its mutex and keeps CPUs from going; a CPU that goes takes the mutex. */
#include <linux/cpu.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(dev_mutex);

/* lab: thread driver on 0 */
static void driver(void)
{
	mutex_lock(&dev_mutex);
	cpus_read_lock();
	cpus_read_unlock();
	mutex_unlock(&dev_mutex);
}

/* lab: thread hotplug on 1 */
static void hotplug(void)
{
	cpus_write_lock();
	mutex_lock(&dev_mutex);
	mutex_unlock(&dev_mutex);
	cpus_write_unlock();
}
