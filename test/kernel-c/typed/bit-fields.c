/* lab: thread a on 0 */
struct st { unsigned int on:1; unsigned int mode:2; spinlock_t l; };
static struct st s;
static void a(void)
{
	spin_lock(&s.l);
	s.on = 1;
	s.mode = 3;
	spin_unlock(&s.l);
	BUG_ON(s.mode != 3);
}
