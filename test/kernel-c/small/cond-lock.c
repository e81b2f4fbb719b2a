/* lab: thread a
   lab: thread b */
static DEFINE_MUTEX(m);
static bool atomic_ctx;
static void maybe_lock(bool lock) { if (lock) mutex_lock(&m); }
static void maybe_unlock(bool lock) { if (lock) mutex_unlock(&m); }
static void a(void) { maybe_lock(true); maybe_unlock(true); maybe_lock(false); maybe_unlock(false); }
static void b(void) { bool l = !READ_ONCE(atomic_ctx); maybe_lock(l); maybe_unlock(l); }
