// SPDX-License-Identifier: GPL-2.0
/*
 * Two threads, two mutexes, opposite order.
 *
 * lab: thread t1
 * lab: thread t2
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(lock_a);
static DEFINE_MUTEX(lock_b);

static int t1(void *unused)
{
	while (1) {
		mutex_lock(&lock_a);
		mutex_lock(&lock_b);
		/* critical section */
		mutex_unlock(&lock_b);
		mutex_unlock(&lock_a);
	}
	return 0;
}

static int t2(void *unused)
{
	while (1) {
		mutex_lock(&lock_b);
		mutex_lock(&lock_a);
		mutex_unlock(&lock_a);
		mutex_unlock(&lock_b);
	}
	return 0;
}
MODULE_AUTHOR("A. Student");
MODULE_LICENSE("GPL v2");
