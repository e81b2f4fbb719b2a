/* lab: thread a on 0 */
/* lab: thread b on 1 */
static refcount_t users = REFCOUNT_INIT(2);
static DEFINE_MUTEX(big);
static bool freed;

static void put(void)
{
	if (refcount_dec_and_mutex_lock(&users, &big)) {
		WARN_ON(freed);
		freed = true;
		mutex_unlock(&big);
	}
}
static void a(void) { put(); }
static void b(void) { put(); }
