/* lab: cpus 2
 * lab: thread a_path on 0
 * lab: thread b_path on 1
 */
struct foo { struct mutex lock; int n; struct foo *next; };
static struct foo a, b;
static struct foo *head = &a;
static void take_both(struct foo *x, struct foo *y)
{
	struct foo *first, *second;
	if (x < y) {
		first = x;
		second = y;
	} else {
		first = y;
		second = x;
	}
	mutex_lock(&first->lock);
	mutex_lock_nested(&second->lock, SINGLE_DEPTH_NESTING);
	first->n++;
	mutex_unlock(&second->lock);
	mutex_unlock(&first->lock);
}
static void a_path(void) { take_both(&a, &b); }
static void b_path(void) { take_both(&b, &a); if (head) head->n = 1; }
