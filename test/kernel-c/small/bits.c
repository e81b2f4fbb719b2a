/* lab: thread a on 0
 * lab: thread b on 1 */
#define F_A BIT(0)
#define F_B (1 << 1)
#define F_MASK (F_A | F_B)
static unsigned int flags; /* 0..7 */
static DEFINE_SPINLOCK(l);
static void a(void)
{
	spin_lock(&l);
	flags |= F_A;
	flags &= ~F_B;
	if (flags & F_MASK)
		flags ^= F_B;
	spin_unlock(&l);
}
static void b(void)
{
	spin_lock(&l);
	if (!(flags & F_A) && (flags >> 1) == 0)
		flags = (flags << 1) | 1;
	spin_unlock(&l);
	WARN_ON(flags % 4 == 4);
}
