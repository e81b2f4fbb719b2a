/*
 * Two threads that exclude each other with three shared variables, and no lock.
 *
 * lab: thread side(0) on 0 forever
 * lab: thread side(1) on 1 forever
 */
static bool interested[2];
static int turn;	/* 0..1 */
static int inside;	/* 0..2 */

static void side(int me)
{
	int other = 1 - me;

	WRITE_ONCE(interested[me], true);
	WRITE_ONCE(turn, other);
	while (READ_ONCE(interested[other]) && READ_ONCE(turn) == other)
		cpu_relax();

	inside++;
	BUG_ON(inside != 1);
	inside--;

	WRITE_ONCE(interested[me], false);
}
