/* lab: thread f
   lab: thread g */
static DEFINE_MUTEX(m);
static bool dead;
static void do_it(int n)
{
	if (n < 0)
		return;
	mutex_lock(&m);
	if (dead) {
		mutex_unlock(&m);
		return;
	}
	dead = true;
	mutex_unlock(&m);
}
static void f(void) { do_it(1); }
static void g(void) { do_it(-1); do_it(2); }
