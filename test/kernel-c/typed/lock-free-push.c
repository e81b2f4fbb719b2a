/* lab: thread a on 0 */
/* lab: thread b on 1 */
struct node { struct node *next; int owned; /* 0..2 */ };
static struct node n1, n2;
static struct node *top;
static void push(struct node *n)
{
	struct node *old;

	do {
		old = READ_ONCE(top);
		n->next = old;
	} while (cmpxchg(&top, old, n) != old);
}
static void a(void) { push(&n1); }
static void b(void) { push(&n2); }
