/* lab: thread t on 0 */
static DEFINE_SPINLOCK(l);
static int pending; /* 0..2 */
static irqreturn_t handler(int irq, void *dev_id)
{
	spin_lock(&l);
	pending = 1;
	spin_unlock(&l);
	return IRQ_HANDLED;
}
static void t(void)
{
	if (request_irq(5, handler, 0, "dev", NULL))
		return;
	spin_lock(&l);
	pending = 0;
	spin_unlock(&l);
	free_irq(5, NULL);
}
