#include <linux/rwsem.h>
static DECLARE_RWSEM(sem);
static int val;
/* lab: thread a */
/* lab: thread b */
void a(void)
{
	down_read(&sem);
	if (!val) {
		down_write(&sem);	/* cannot upgrade */
		val = 1;
		up_write(&sem);
	}
	up_read(&sem);
}
void b(void) { a(); }
