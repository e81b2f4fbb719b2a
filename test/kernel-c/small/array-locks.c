/* lab: thread a on 0
   lab: thread b on 1 */
#define N 3
static struct bucket { spinlock_t lock; int n; /* 0..4 */ } table[N];
static int hash(int key) { return key % N; }
static void bump(int key)
{
	struct bucket *bk = &table[hash(key)];
	spin_lock(&bk->lock);
	bk->n++;
	spin_unlock(&bk->lock);
}
static void a(void) { for (int i = 0; i < 4; ++i) bump(i); }
static void b(void) { for (int i = 2; i >= 0; i--) bump(i); }
