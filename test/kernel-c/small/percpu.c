/* lab: cpus 2
   lab: thread f on all
   lab: softirq tick on all */
struct stats { u64 n; /* 0..3 */ raw_spinlock_t lock; };
static DEFINE_PER_CPU(struct stats, stats);
static void f(void)
{
	struct stats *s = get_cpu_ptr(&stats);
	raw_spin_lock_bh(&s->lock);
	s->n++;
	raw_spin_unlock_bh(&s->lock);
	put_cpu_ptr(&stats);
	this_cpu_write(stats.n, 0);
}
static void tick(struct softirq_action *h)
{
	struct stats *s = this_cpu_ptr(&stats);
	int cpu;
	raw_spin_lock(&s->lock);
	raw_spin_unlock(&s->lock);
	for_each_online_cpu(cpu) {
		struct stats *o = per_cpu_ptr(&stats, cpu);
		(void)READ_ONCE(o->n);
	}
}
