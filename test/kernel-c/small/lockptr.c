/* lab: thread a on 0
   lab: thread b on 1 */
static DEFINE_MUTEX(m1);
static DEFINE_MUTEX(m2);
static bool swapped;
static void a(void)
{
	struct mutex *first = &m1, *second = &m2;
	if (swapped) {
		first = &m2;
		second = &m1;
	}
	mutex_lock(first);
	mutex_lock(second);
	mutex_unlock(second);
	mutex_unlock(first);
}
static void b(void)
{
	struct mutex *m = swapped ? &m1 : &m2;
	swapped = true;
	mutex_lock(m);
	mutex_unlock(m);
}
