/*
 * A driver whose handler takes the lock that its task holds.
 *
 * lab: thread dev_write on 0 forever
 * lab: hardirq dev_interrupt on 0
 */
struct dev {
	raw_spinlock_t lock;
	bool busy;
};

static struct dev dev;

static irqreturn_t dev_interrupt(int irq, void *data)
{
	raw_spin_lock(&dev.lock);
	dev.busy = false;
	raw_spin_unlock(&dev.lock);
	return IRQ_HANDLED;
}

static int dev_write(void)
{
	struct dev *d = &dev;

	raw_spin_lock(&d->lock);
	d->busy = true;
	raw_spin_unlock(&d->lock);
	return 0;
}
