/* Two buffers in any order: who is younger gives up what it holds, and begins anew. */
/* lab: thread ab on 0 */
/* lab: thread ba on 1 */
static DEFINE_WW_CLASS(reservation_ww_class);
static DEFINE_WW_MUTEX(a, &reservation_ww_class);
static struct ww_mutex b;

static void both(struct ww_mutex *first, struct ww_mutex *second)
{
	struct ww_acquire_ctx ctx;
	int ret;

	ww_acquire_init(&ctx, &reservation_ww_class);
	ww_mutex_lock(first, &ctx);
	ret = ww_mutex_lock(second, &ctx);
	if (ret == -EDEADLK) {
		ww_mutex_unlock(first);
		ww_mutex_lock_slow(second, &ctx);
		ww_mutex_lock(first, &ctx);
	}
	ww_acquire_done(&ctx);
	ww_mutex_unlock(second);
	ww_mutex_unlock(first);
	ww_acquire_fini(&ctx);
}

static void init(void)
{
	ww_mutex_init(&b, &reservation_ww_class);
}

static void ab(void)
{
	both(&a, &b);
}

static void ba(void)
{
	both(&b, &a);
}
