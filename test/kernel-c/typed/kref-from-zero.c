/* lab: thread a on 0 */
struct foo { struct kref ref; };
static struct foo obj;
static void rel(struct kref *r) { }
static void a(void)
{
	kref_get(&obj.ref);
	kref_put(&obj.ref, rel);
}
