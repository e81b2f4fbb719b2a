/* A counter of each CPU is read without the lock, and who reads waits until there is one. */
/* lab: cpus 2 */
/* lab: signals */
/* lab: thread writer on 0 */
/* lab: thread reader on 1 */
static DEFINE_PER_CPU(seqcount_t, seq);
static DEFINE_PER_CPU(int, pair[2]); /* 0..1 */
static DECLARE_SWAIT_QUEUE_HEAD(wq);
static DECLARE_RWSEM(sem);
static bool ready;

static void writer(void)
{
	preempt_disable();
	write_seqcount_begin(&per_cpu(seq, 1));
	per_cpu(pair, 1)[0] = 1;
	per_cpu(pair, 1)[1] = 1;
	write_seqcount_end(&per_cpu(seq, 1));
	preempt_enable();
	WRITE_ONCE(ready, true);
	swake_up_one(&wq);
}

static void reader(void)
{
	unsigned int start;
	int a, b;

	if (down_read_killable(&sem))
		return;
	do {
		start = read_seqcount_begin(this_cpu_ptr(&seq));
		a = per_cpu(pair, 1)[0];
		b = per_cpu(pair, 1)[1];
	} while (read_seqcount_retry(this_cpu_ptr(&seq), start));
	BUG_ON(a != b);
	swait_event_exclusive(wq, READ_ONCE(ready));
	up_read(&sem);
}
