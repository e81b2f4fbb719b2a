/* lab: thread a
   lab: thread b */
struct obj { struct kref ref; int dead; /* 0..2 */ };
static struct obj o = { .ref = KREF_INIT(2) };
static void obj_release(struct kref *k) { struct obj *p = container_of(k, struct obj, ref); p->dead++; }
static void a(void) { kref_get(&o.ref); kref_put(&o.ref, obj_release); kref_put(&o.ref, obj_release); }
static void b(void) { kref_put(&o.ref, obj_release); }
