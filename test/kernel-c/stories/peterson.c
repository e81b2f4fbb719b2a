/*
 * Peterson's mutual exclusion of two, with three shared variables.
 *
 * lab: thread side(0) on 0 forever
 * lab: thread side(1) on 1 forever
 */
static bool interested[2];
static int turn; /* 0..1 */
static bool inside;

static void side(int me)
{
	int other = 1 - me;

	WRITE_ONCE(interested[me], true);
	WRITE_ONCE(turn, other);
	while (READ_ONCE(interested[other]) && READ_ONCE(turn) == other)
		cpu_relax();

	/* critical */
	WARN_ON(inside);
	inside = true;
	inside = false;

	WRITE_ONCE(interested[me], false);
}
