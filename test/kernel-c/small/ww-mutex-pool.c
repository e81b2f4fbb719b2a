/* lab: thread a
 * lab: thread b
 */
static DEFINE_WW_CLASS(reservation);

struct object {
	struct ww_mutex lock;
	int users; /* 0..2 */
};

static struct object objects[2];

static void init(void)
{
	ww_mutex_init(&objects[0].lock, &reservation);
	ww_mutex_init(&objects[1].lock, &reservation);
}

static void use(struct object *o)
{
	struct ww_acquire_ctx ctx;

	ww_acquire_init(&ctx, &reservation);
	if (!ww_mutex_lock(&o->lock, &ctx)) {
		o->users++;
		BUG_ON(o->users != 1);
		o->users--;
		ww_mutex_unlock(&o->lock);
	}
	ww_acquire_fini(&ctx);
}

static void a(void)
{
	use(&objects[0]);
}

static void b(void)
{
	int i;

	for (i = 0; i < 2; i++)
		use(&objects[i]);
}
