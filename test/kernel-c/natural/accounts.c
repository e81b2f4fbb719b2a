// lab: thread writer on 0
// lab: thread reader on 1
#include <linux/spinlock.h>
#include <linux/module.h>
#define NR 3
struct account {
	spinlock_t lock;
	int balance;	/* 0..10 */
};
static struct account accounts[NR] = {
	{ .balance = 2 }, { .balance = 3 },
};
static bool done;

static void transfer(struct account *from, struct account *to, int amount)
{
	spin_lock(&from->lock);
	spin_lock_nested(&to->lock, SINGLE_DEPTH_NESTING);
	if (from->balance >= amount) {
		from->balance -= amount;
		to->balance += amount;
	}
	spin_unlock(&to->lock);
	spin_unlock(&from->lock);
}
void __init writer(void)
{
	transfer(&accounts[0], &accounts[1], 1);
	WRITE_ONCE(done, true);
}
static int reader(void *unused)
{
	int i, sum = 0;
	while (!READ_ONCE(done))
		cpu_relax();
	for (i = 0; i < NR; i++) {
		spin_lock(&accounts[i].lock);
		sum += accounts[i].balance;
		spin_unlock(&accounts[i].lock);
	}
	BUG_ON(sum != 5);
	return 0;
}
MODULE_LICENSE("GPL");
