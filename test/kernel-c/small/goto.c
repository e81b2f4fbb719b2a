/* lab: thread f
   lab: thread g */
static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);
static int users; /* 0..2 */
static int setup(int mode)
{
	int ret = 0;

	mutex_lock(&a);
	if (users > 1) {
		ret = -EBUSY;
		goto out_a;
	}
	mutex_lock(&b);
	if (mode == 2) {
		ret = -EINVAL;
		goto out_b;
	}
	users++;
out_b:
	mutex_unlock(&b);
out_a:
	mutex_unlock(&a);
	return ret;
}
static void f(void) { setup(1); }
static void g(void) { if (setup(2) < 0) return; BUG(); }
