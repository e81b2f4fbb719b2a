/*
 * A transaction of reservations: mutexes of one class, taken in any order within a context.
 *
 * lab: cpus 2
 * lab: kernel 6.13
 * lab: thread vm_bind on 0
 * lab: thread bo_move on 1
 */
static DEFINE_WW_CLASS(reservation_ww_class);
static struct ww_mutex bo_a;
static struct ww_mutex bo_b;
static DEFINE_MUTEX(vm_lock);

static void dma_resv_init(void)
{
	ww_mutex_init(&bo_a, &reservation_ww_class);
	ww_mutex_init(&bo_b, &reservation_ww_class);
}

/* A buffer is found under the VM's lock. */
static void vm_lookup(void)
{
	mutex_lock(&vm_lock);
	mutex_unlock(&vm_lock);
}

static void bo_validate(struct ww_acquire_ctx *ctx)
{
	if (ww_mutex_lock(&bo_a, ctx))
		return;
	ww_mutex_unlock(&bo_a);
}

static void vm_bind(void)
{
	struct ww_acquire_ctx ctx;

	ww_acquire_init(&ctx, &reservation_ww_class);
	vm_lookup();
	bo_validate(&ctx);
	ww_acquire_fini(&ctx);
}

/* One reservation alone needs no transaction. */
static void bo_move(void)
{
	mutex_lock(&vm_lock);
	ww_mutex_lock(&bo_b, NULL);
	ww_mutex_unlock(&bo_b);
	mutex_unlock(&vm_lock);
}
