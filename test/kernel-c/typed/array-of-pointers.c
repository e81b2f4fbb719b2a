/* lab: thread a on 0 */
/* lab: thread b on 1 */
static DEFINE_MUTEX(m0);
static DEFINE_MUTEX(m1);
static struct mutex *const locks[] = { &m0, &m1 };
static void lock_all(void)
{
	int i;
	for (i = 0; i < ARRAY_SIZE(locks); i++)
		mutex_lock(locks[i]);
}
static void unlock_all(void)
{
	int i;
	for (i = ARRAY_SIZE(locks) - 1; i >= 0; i--)
		mutex_unlock(locks[i]);
}
static void a(void) { lock_all(); unlock_all(); }
static void b(void)
{
	mutex_lock(locks[1]);
	mutex_lock(locks[0]);
	mutex_unlock(locks[0]);
	mutex_unlock(locks[1]);
}
