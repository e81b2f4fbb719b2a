/* lab: thread adder on 0
   lab: thread taker on 1 */
struct node { struct llist_node ll; int v; /* 0..3 */ };
static struct node nodes[2];
static LLIST_HEAD(head);
static void adder(void)
{
	nodes[0].v = 1;
	llist_add(&nodes[0].ll, &head);
	nodes[1].v = 2;
	llist_add(&nodes[1].ll, &head);
}
static void taker(void)
{
	struct llist_node *first = llist_del_all(&head);
	struct node *n, *t;
	llist_for_each_entry_safe(n, t, first, ll)
		n->v = 3;
}
