/* lab: thread user on 0 */
#define MY_IRQ 17
struct dev { spinlock_t lock; int irq; int n; /* 0..7 */ };
static struct dev dev = { .irq = 5 };
static irqreturn_t handler(int irq, void *dev_id)
{
	struct dev *d = dev_id;
	spin_lock(&d->lock);
	d->n = 3;
	spin_unlock(&d->lock);
	return IRQ_HANDLED;
}
static int probe(struct dev *d)
{
	int err;
	spin_lock_init(&d->lock);
	err = request_irq(d->irq, handler, IRQF_SHARED, "dev", d);
	if (err)
		return err;
	return 0;
}
static void user(void)
{
	disable_irq(dev.irq);
	spin_lock(&dev.lock);
	dev.n = 1;
	spin_unlock(&dev.lock);
	enable_irq(dev.irq);
	spin_lock(&dev.lock);
	spin_unlock(&dev.lock);
}
