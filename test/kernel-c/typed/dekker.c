/* Dekker's algorithm */
static bool wants[2];
static int turn; /* 0..1 */
static int in_cs; /* 0..1 */
static void enter(int me)
{
	int other = 1 - me;
	WRITE_ONCE(wants[me], true);
	while (READ_ONCE(wants[other])) {
		if (READ_ONCE(turn) != me) {
			WRITE_ONCE(wants[me], false);
			while (READ_ONCE(turn) != me)
				cpu_relax();
			WRITE_ONCE(wants[me], true);
		}
	}
}
static void leave(int me) { WRITE_ONCE(turn, 1 - me); WRITE_ONCE(wants[me], false); }
static void process(int me) { enter(me); in_cs++; in_cs--; leave(me); }
/* lab: thread process(0) forever */
/* lab: thread process(1) forever */
