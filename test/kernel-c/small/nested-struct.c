/* lab: thread a
   lab: thread b */
struct inner { spinlock_t lock; struct { int x; /* 0..3 */ int y; } pos; };
struct outer { struct inner in[2]; struct list_head link; struct outer *peer; };
static struct outer o1, o2 = { .peer = &o1 };
static void a(void)
{
	struct inner *i = &o2.in[1];
	spin_lock(&i->lock);
	i->pos.x = 2;
	spin_unlock(&i->lock);
	if (o2.peer) {
		spin_lock(&o2.peer->in[0].lock);
		spin_unlock(&o2.peer->in[0].lock);
	}
}
static void b(void) { o2.peer = NULL; }
