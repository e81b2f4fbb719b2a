/* Each CPU by its number: the number after the last one ends the loop. */
/* lab: cpus 2 */
/* lab: thread f on 0 */
static DEFINE_PER_CPU(int, x); /* 0..1 */
static int sum; /* 0..2 */
static void f(void)
{
	int i;

	for (i = 0; i < NR_CPUS; i++)
		per_cpu(x, i) = 1;
	for (i = 0; i < 2; i++)
		sum += per_cpu(x, i);
	BUG_ON(sum != 2);
}
