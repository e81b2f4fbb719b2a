/* lab: thread t on 0 */
/* lab: thread u on 1 */
struct dev { spinlock_t lock; int busy; };
static struct dev devs[2];

static void devs_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(devs); i++)
		spin_lock_init(&devs[i].lock);
}
#define dev_of(i)	(&devs[(i)])
#define dev_lock(i)	spin_lock(&dev_of(i)->lock)
#define dev_unlock(i)	spin_unlock(&dev_of(i)->lock)
#define with_both(i, j, what) do {	\
	dev_lock(i);			\
	dev_lock(j);			\
	what;				\
	dev_unlock(j);			\
	dev_unlock(i);			\
} while (0)

static void t(void)
{
	with_both(0, 1, dev_of(0)->busy = 1);
}
static void u(void)
{
	with_both(1, 0, dev_of(0)->busy = 0);
}
