/* lab: thread left
 * lab: thread right
 */
static pthread_barrier_t phase;
static bool a, b;

static void init(void)
{
	pthread_barrier_init(&phase, NULL, 2);
}

static void left(void)
{
	a = true;
	pthread_barrier_wait(&phase);
	BUG_ON(!b);
}

static void right(void)
{
	b = true;
	pthread_barrier_wait(&phase);
	BUG_ON(!a);
}
