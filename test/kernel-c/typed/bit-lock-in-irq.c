/* lab: thread t on 0 */
/* lab: hardirq irq on 0 */
struct node {
	unsigned long state;
	int n; /* 0..2 */
};
static struct node nd;

static void t(void)
{
	bit_spin_lock(0, &nd.state);
	nd.n = 1;
	bit_spin_unlock(0, &nd.state);
}
static void irq(void)
{
	bit_spin_lock(0, &nd.state);
	nd.n = 2;
	bit_spin_unlock(0, &nd.state);
}
