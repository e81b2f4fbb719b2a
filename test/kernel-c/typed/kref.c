/* lab: thread getter on 0 */
/* lab: thread putter on 1 */
struct foo {
	struct kref ref;
	int data;
};
static struct foo obj = { .ref = KREF_INIT(1) };
static DEFINE_SPINLOCK(table_lock);
static struct foo *table = &obj;

static void foo_release(struct kref *ref)
{
	struct foo *f = container_of(ref, struct foo, ref);

	f->data = 0;
}

static void getter(void)
{
	struct foo *f;

	spin_lock(&table_lock);
	f = table;
	if (f && !kref_get_unless_zero(&f->ref))
		f = NULL;
	spin_unlock(&table_lock);
	if (f)
		kref_put(&f->ref, foo_release);
}

static void putter(void)
{
	spin_lock(&table_lock);
	table = NULL;
	spin_unlock(&table_lock);
	kref_put(&obj.ref, foo_release);
}
