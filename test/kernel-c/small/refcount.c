/* lab: thread a
   lab: thread b */
struct obj { refcount_t ref; struct mutex lock; bool freed; };
static struct obj o = { .ref = REFCOUNT_INIT(2) };
static void obj_release(struct obj *p) { WARN_ON(p->freed); p->freed = true; }
static void obj_put(struct obj *p)
{
	if (refcount_dec_and_test(&p->ref))
		obj_release(p);
}
static void a(void) { mutex_lock(&o.lock); mutex_unlock(&o.lock); obj_put(&o); }
static void b(void) { if (refcount_dec_and_mutex_lock(&o.ref, &o.lock)) mutex_unlock(&o.lock); }
