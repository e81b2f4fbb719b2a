/* lab: thread a on 0 */
/* lab: thread b on 1 */
static DEFINE_MUTEX(x);
static DEFINE_MUTEX(y);

static void a(void)
{
	mutex_lock(&x);
	mutex_lock(&y);
	mutex_unlock(&y);
	mutex_unlock(&x);
}
static void b(void)
{
retry:
	mutex_lock(&y);
	if (!mutex_trylock(&x)) {
		mutex_unlock(&y);
		cond_resched();
		goto retry;
	}
	mutex_unlock(&x);
	mutex_unlock(&y);
}
