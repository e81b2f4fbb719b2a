/* lab: thread f on 0
   lab: thread g on 1 */
static DEFINE_SPINLOCK(a);
static DEFINE_SPINLOCK(b);
static void f(void)
{
	spin_lock(&a);
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock(&a);
}
static void g(void)
{
retry:
	spin_lock(&b);
	if (!spin_trylock(&a)) {
		spin_unlock(&b);
		cpu_relax();
		goto retry;
	}
	spin_unlock(&a);
	spin_unlock(&b);
}
