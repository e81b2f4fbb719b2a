/* lab: thread p0 on 0 forever
   lab: thread p1 on 1 forever */
static bool want[2];
static int turn; /* 0..1 */
static int in_cs; /* 0..2 */
static void enter(int me)
{
	int other = 1 - me;
	WRITE_ONCE(want[me], true);
	WRITE_ONCE(turn, other);
	smp_mb();
	while (READ_ONCE(want[other]) && READ_ONCE(turn) == other)
		cpu_relax();
}
static void leave(int me) { smp_store_release(&want[me], false); }
static void work(int me) { enter(me); in_cs++; BUG_ON(in_cs != 1); in_cs--; leave(me); }
static void p0(void) { work(0); }
static void p1(void) { work(1); }
