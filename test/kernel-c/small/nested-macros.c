/* lab: thread f on 0
   lab: thread g on 1 */
static DEFINE_MUTEX(m);
static DEFINE_MUTEX(n);
#define LOCK(x) mutex_lock(&x)
#define UNLOCK(x) mutex_unlock(&(x))
#define LOCK_BOTH() do { LOCK(m); LOCK(n); } while (0)
#define UNLOCK_BOTH() do { \
		UNLOCK(n); \
		UNLOCK(m); \
	} while (0)
#define WITH_LOCK(l, stmt) ({ mutex_lock(&l); int __r = (stmt); mutex_unlock(&l); __r; })
#define MAX2(a, b) ((a) > (b) ? (a) : (b))
static int v; /* 0..9 */
static int get(void) { return v; }
static void f(void) { LOCK_BOTH(); v = MAX2(v, 3); UNLOCK_BOTH(); }
static void g(void) { int r = WITH_LOCK(n, get()); v = r + 1; }
