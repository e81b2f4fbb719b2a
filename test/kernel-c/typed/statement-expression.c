/* lab: thread a on 0 */
#define LOCKED(l, expr) ({ int __r; spin_lock(l); __r = (expr); spin_unlock(l); __r; })
static DEFINE_SPINLOCK(l);
static int n; /* 0..3 */
static void a(void)
{
	int seen = LOCKED(&l, n);

	BUG_ON(seen);
}
