/*
 * Two sockets of AF_UNIX: each may listen, and may connect to the other.
 *
 * lab: cpus 2
 * lab: thread connect_0_to_1 on 0
 * lab: thread connect_1_to_0 on 1
 */
#define TCP_ESTABLISHED 1
#define TCP_CLOSE 7
#define TCP_LISTEN 10

static spinlock_t lock[2];       /* unix_sk(sk)->lock */
static int sk_state[2] = { TCP_CLOSE, TCP_CLOSE }; /* 1..10 */

static int unix_listen(int sk)
{
	int err = -EINVAL;

	spin_lock(&lock[sk]);
	if (sk_state[sk] == TCP_CLOSE) {
		WRITE_ONCE(sk_state[sk], TCP_LISTEN);
		err = 0;
	}
	spin_unlock(&lock[sk]);
	return err;
}

static int unix_stream_connect(int sk, int other)
{
	spin_lock(&lock[other]);
	if (sk_state[other] != TCP_LISTEN) {
		spin_unlock(&lock[other]);
		return -EINVAL;
	}
	/* Whoever listens does not connect. */
	if (READ_ONCE(sk_state[sk]) != TCP_CLOSE) {
		spin_unlock(&lock[other]);
		return -EINVAL;
	}
	spin_lock(&lock[sk]);
	if (sk_state[sk] == TCP_CLOSE)
		WRITE_ONCE(sk_state[sk], TCP_ESTABLISHED);
	spin_unlock(&lock[sk]);
	spin_unlock(&lock[other]);
	return 0;
}

static void connect_0_to_1(void)
{
	unix_listen(1);
	unix_stream_connect(0, 1);
}

static void connect_1_to_0(void)
{
	unix_listen(0);
	unix_stream_connect(1, 0);
}
