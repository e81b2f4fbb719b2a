/*
 * Three philosophers at a round table. Each takes the fork on the left, then the one on the right.
 *
 * lab: thread plato on 0 forever
 * lab: thread laozi on 1 forever
 * lab: thread kant on 2 forever
 */
static DEFINE_MUTEX(north);
static DEFINE_MUTEX(east);
static DEFINE_MUTEX(west);

static void plato(void)
{
	mutex_lock(&north);
	mutex_lock(&east);
	mutex_unlock(&east);
	mutex_unlock(&north);
}

static void laozi(void)
{
	mutex_lock(&east);
	mutex_lock(&west);
	mutex_unlock(&west);
	mutex_unlock(&east);
}

static void kant(void)
{
	mutex_lock(&west);
	mutex_lock(&north);
	mutex_unlock(&north);
	mutex_unlock(&west);
}
