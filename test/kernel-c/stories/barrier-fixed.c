/* lab: thread a
 * lab: thread b
 * lab: thread c
 */
static pthread_barrier_t phase;

static void init(void)
{
	pthread_barrier_init(&phase, NULL, 3);
}

static void a(void)
{
	pthread_barrier_wait(&phase);
	pthread_barrier_wait(&phase);
}

static void b(void)
{
	pthread_barrier_wait(&phase);
	pthread_barrier_wait(&phase);
}

static void c(void)
{
	pthread_barrier_wait(&phase);
	pthread_barrier_wait(&phase);
}
