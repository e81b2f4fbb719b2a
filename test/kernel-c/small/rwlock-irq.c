/* lab: thread reader on 0 forever
   lab: thread writer on 1 forever
   lab: hardirq irq on 0 */
static DEFINE_RWLOCK(lock);
static int shared; /* 0..1 */
static void reader(void)
{
	int v;

	read_lock(&lock);
	v = shared;
	read_unlock(&lock);
	(void)v;
}
static void writer(void)
{
	unsigned long flags;

	write_lock_irqsave(&lock, flags);
	shared = !shared;
	write_unlock_irqrestore(&lock, flags);
}
static irqreturn_t irq(int irq, void *data)
{
	read_lock(&lock);
	read_unlock(&lock);
	return IRQ_HANDLED;
}
