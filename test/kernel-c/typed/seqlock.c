/* lab: thread rd on 0 */
/* lab: thread wr on 1 */
static DEFINE_SEQLOCK(sl);
static int x, y; /* 0..1 */
static void rd(void)
{
	unsigned int seq;
	int cx, cy;

	do {
		seq = read_seqbegin(&sl);
		cx = READ_ONCE(x);
		cy = READ_ONCE(y);
	} while (read_seqretry(&sl, seq));
	WARN_ON(cx != cy);
}
static void wr(void)
{
	write_seqlock(&sl);
	WRITE_ONCE(x, 1);
	WRITE_ONCE(y, 1);
	write_sequnlock(&sl);
}
