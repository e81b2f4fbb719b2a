/* lab: thread a on 0 */
/* lab: thread b on 1 */
struct drv;
struct drv_ops { void (*lock)(struct drv *d); void (*unlock)(struct drv *d); };
struct drv { struct mutex m; const struct drv_ops *ops; };
static DEFINE_MUTEX(glob);
static struct drv d;
static void drv_lock(struct drv *dv) { mutex_lock(&dv->m); }
static void drv_unlock(struct drv *dv) { mutex_unlock(&dv->m); }
static const struct drv_ops my_ops = { .lock = drv_lock, .unlock = drv_unlock };
static int probe(void) { mutex_init(&d.m); d.ops = &my_ops; return 0; }
static void a(void)
{
	d.ops = &my_ops;
	d.ops->lock(&d);
	mutex_lock(&glob);
	mutex_unlock(&glob);
	d.ops->unlock(&d);
}
static void b(void)
{
	mutex_lock(&glob);
	my_ops.lock(&d);
	my_ops.unlock(&d);
	mutex_unlock(&glob);
}
