/* lab: thread get on 0
 * lab: thread put on 1 */
static atomic_t refs = ATOMIC_INIT(2);
static int freed;
static unsigned long lock_word; /* 0..1 */
#define unlikely_free(r) do { if (atomic_dec_and_test(&(r))) { freed++; } } while (0)
static inline bool try_get(void) { return atomic_inc_not_zero(&refs); }
static void get(void)
{
	int old = cmpxchg(&lock_word, 0, 1);
	if (old == 0) {
		if (try_get())
			unlikely_free(refs);
		smp_store_release(&lock_word, 0);
	}
	unlikely_free(refs);
}
static void put(void)
{
	int x = freed ? 1 : 0;
	unlikely_free(refs);
	WARN_ON_ONCE(freed > 1);
	if (x && !freed) BUG();
}
