/* lab: thread f on 0 */
static DEFINE_MUTEX(m);
static int n;
static int g(void);
static int helper(int k)
{
	guard(mutex)(&m);
	if (k > 2)
		return -EINVAL;
	for (int i = 0; i < k; i++) {
		if (i == 1)
			break;
		n += i;
	}
	return k;
}
int f(void)
{
	int r = helper(1), q;
	do {
		q = helper(r + 3);
	} while (q > 0);
	scoped_guard(mutex, &m) {
		n++;
		if (n == 1)
			return 1;
	}
	return max(r, q);
}
