/* lab: thread f on 0
 * lab: thread f on 1 */
struct dev {
	struct mutex lock;
	struct { int opens; } stats;
	bool gone:1;
	unsigned int users:2;
};
struct bus { spinlock_t lock; struct dev devs[2]; };
static struct bus bus;
static struct dev *current_dev;
static unsigned long flags;
static void f(void)
{
	struct dev *d = &bus.devs[smp_processor_id()];
	mutex_lock(&d->lock);
	d->stats.opens++;
	d->gone = !d->gone;
	d->users = d->users == 3 ? 0 : d->users + 1;
	set_bit(0, &flags);
	mutex_unlock(&d->lock);
}
