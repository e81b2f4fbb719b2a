/* lab: thread t on 0 */
/* lab: softirq rx on 0 */
static DEFINE_SPINLOCK(q_lock);
static int qlen; /* 0..4 */

static void t(void)
{
	spin_lock(&q_lock);
	if (qlen)
		qlen--;
	spin_unlock(&q_lock);
}
static void rx(void)
{
	spin_lock(&q_lock);
	if (qlen < 4)
		++qlen;
	spin_unlock(&q_lock);
}
