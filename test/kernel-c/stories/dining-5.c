/*
 * Dining philosophers: each takes the left fork, then the right.
 *
 * lab: thread philosopher(0) on 0 forever
 * lab: thread philosopher(1) on 1 forever
 * lab: thread philosopher(2) on 2 forever
 * lab: thread philosopher(3) on 3 forever
 * lab: thread philosopher(4) on 4 forever
 */
#define PHILOSOPHERS 5

static struct mutex fork[PHILOSOPHERS];

static void philosopher(int i)
{
	struct mutex *left = &fork[i];
	struct mutex *right = &fork[(i + 1) % PHILOSOPHERS];

	mutex_lock(left);
	mutex_lock_nested(right, SINGLE_DEPTH_NESTING);
	mutex_unlock(left);
	mutex_unlock(right);
}
