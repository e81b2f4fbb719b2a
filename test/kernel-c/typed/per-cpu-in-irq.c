/* lab: thread a on 0 */
/* lab: hardirq h on 0 */
struct stats { u64 n; /* 0..4 */ raw_spinlock_t lock; };
static DEFINE_PER_CPU(struct stats, st);
static void bump(void)
{
	struct stats *s = get_cpu_ptr(&st);

	raw_spin_lock(&s->lock);
	if (s->n < 4)
		s->n++;
	raw_spin_unlock(&s->lock);
	put_cpu_ptr(&st);
}
static void a(void) { bump(); }
static void h(void) { bump(); }
