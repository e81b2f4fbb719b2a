/* Two semaphores, of which lockdep knows nothing. */
#include <linux/semaphore.h>

static DEFINE_SEMAPHORE(sem_a, 1);
static DEFINE_SEMAPHORE(sem_b, 1);

/* lab: thread left on 0 */
static void left(void)
{
	down(&sem_a);
	down(&sem_b);
	up(&sem_b);
	up(&sem_a);
}

/* lab: thread right on 1 */
static void right(void)
{
	down(&sem_a);
	down(&sem_b);
	up(&sem_b);
	up(&sem_a);
}
