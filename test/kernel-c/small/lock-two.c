/* lab: thread f on 0
   lab: thread g on 1 */
struct acct { spinlock_t lock; long bal; /* 0..10 */ };
static struct acct A = { .lock = __SPIN_LOCK_UNLOCKED(A.lock), .bal = 5 }, B = { .bal = 5 };
static void lock_two(struct acct *x, struct acct *y)
{
	if (x > y)
		swap(x, y);
	spin_lock(&x->lock);
	spin_lock_nested(&y->lock, SINGLE_DEPTH_NESTING);
}
static void unlock_two(struct acct *x, struct acct *y)
{
	spin_unlock(&x->lock);
	spin_unlock(&y->lock);
}
static void f(void) { lock_two(&A, &B); A.bal--; B.bal++; unlock_two(&A, &B); }
static void g(void) { lock_two(&B, &A); B.bal--; A.bal++; unlock_two(&B, &A); }
