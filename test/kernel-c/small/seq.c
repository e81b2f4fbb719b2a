/* lab: thread reader on 0
   lab: thread writer on 1 */
static DEFINE_SEQLOCK(sl);
static u64 t1, t2;
static void reader(void)
{
	unsigned int seq;
	u64 a, b;

	do {
		seq = read_seqbegin(&sl);
		a = t1;
		b = t2;
	} while (read_seqretry(&sl, seq));
	BUG_ON(a != b);
}
static void writer(void)
{
	write_seqlock(&sl);
	t1 = 1;
	t2 = 1;
	write_sequnlock(&sl);
}
