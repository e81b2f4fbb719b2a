/* lab: thread t on 0
   lab: hardirq h on 0 */
static DEFINE_SPINLOCK(l);
static unsigned int cnt; /* 0..3 */
static void t(void)
{
	unsigned long flags;
	spin_lock_irqsave(&l, flags);
	if (cnt < 3) cnt += 1;
	spin_unlock_irqrestore(&l, flags);
}
static irqreturn_t h(int irq, void *d)
{
	scoped_guard(spinlock, &l) { if (cnt > 0) --cnt; }
	return IRQ_HANDLED;
}
