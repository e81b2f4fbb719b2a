/* lab: thread a on 0 */
/* lab: thread b on 1 */
static DEFINE_MUTEX(m);
static DEFINE_SPINLOCK(s);
static int v; /* 0..2 */
static int a(void)
{
	guard(mutex)(&m);
	scoped_guard(spinlock, &s) {
		if (v)
			return -EBUSY;
		v = 1;
	}
	return 0;
}
static void b(void)
{
	guard(spinlock)(&s);
	v = 2;
}
