struct account { spinlock_t lock; int balance; /* 0..4 */ };
static struct account acc[2];
static void double_lock(struct account *a, struct account *b)
{
	if (a > b)
		swap(a, b);
	spin_lock(&a->lock);
	spin_lock_nested(&b->lock, SINGLE_DEPTH_NESTING);
}
static void transfer(struct account *from, struct account *to, int amount)
{
	double_lock(from, to);
	if (from->balance >= amount) {
		from->balance -= amount;
		to->balance += amount;
	}
	spin_unlock(&from->lock);
	spin_unlock(&to->lock);
}
static int __init bank_init(void)
{
	for (int i = 0; i < ARRAY_SIZE(acc); i++) {
		spin_lock_init(&acc[i].lock);
		acc[i].balance = 2;
	}
	return 0;
}
module_init(bank_init);
/* lab: thread t1 */
void t1(void) { transfer(&acc[0], &acc[1], 1); }
/* lab: thread t2 */
void t2(void) { transfer(&acc[1], &acc[0], 2); }
