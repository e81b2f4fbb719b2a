/* a reader in the tick that interrupts the writer spins forever */
static DEFINE_SEQLOCK(xtime_lock);
static u64 jiffies_64; /* 0..3 */
u64 get_jiffies_64(void)
{
	unsigned int seq;
	u64 ret;
	do {
		seq = read_seqbegin(&xtime_lock);
		ret = jiffies_64;
	} while (read_seqretry(&xtime_lock, seq));
	return ret;
}
/* lab: hardirq tick on 0 */
irqreturn_t tick(int irq, void *dev) { get_jiffies_64(); return IRQ_HANDLED; }
/* lab: thread settime on 0 */
void settime(void) { write_seqlock(&xtime_lock); jiffies_64 = 2; write_sequnlock(&xtime_lock); }
