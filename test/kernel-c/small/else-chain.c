/* lab: thread a
   lab: thread b */
static int mode = 1;	/* 0..3: what it does */
static DEFINE_SPINLOCK(s);
static int classify(void)
{
	if (mode == 0)
		return 0;
	else if (mode == 1 || mode == 2)
		return 1;
	return -1;
}
static void a(void)
{
	int k = classify();
	for (;;) {
		if (k <= 0)
			break;
		--k;
		continue;
	}
	assert_spin_locked(&s);
}
static void b(void) { mode = (mode + 1) & 3; }
