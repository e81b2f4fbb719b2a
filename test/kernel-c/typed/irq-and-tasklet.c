struct ring { spinlock_t lock; int head; /* 0..3 */ int tail; /* 0..3 */ };
static struct ring rx;
static struct tasklet_struct poll_task;
static void poll(struct tasklet_struct *t)
{
	spin_lock(&rx.lock);
	while (rx.tail != rx.head)
		rx.tail = (rx.tail + 1) & 3;
	spin_unlock(&rx.lock);
}
static irqreturn_t rx_irq(int irq, void *d)
{
	unsigned long flags;
	spin_lock_irqsave(&rx.lock, flags);
	if (((rx.head + 1) & 3) != rx.tail)
		rx.head = (rx.head + 1) & 3;
	spin_unlock_irqrestore(&rx.lock, flags);
	tasklet_schedule(&poll_task);
	return IRQ_HANDLED;
}
static int __init rx_init(void)
{
	spin_lock_init(&rx.lock);
	tasklet_setup(&poll_task, poll);
	return request_irq(17, rx_irq, IRQF_SHARED, "rx", &rx);
}
module_init(rx_init);
