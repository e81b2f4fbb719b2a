struct rq { raw_spinlock_t __lock; int nr_running; /* 0..3 */ int cpu; };
static DEFINE_PER_CPU(struct rq, runqueues);
#define cpu_rq(cpu) (&per_cpu(runqueues, (cpu)))
static void double_rq_lock(struct rq *rq1, struct rq *rq2)
{
	lockdep_assert_irqs_disabled();
	if (rq1 == rq2) {
		raw_spin_lock(&rq1->__lock);
		return;
	}
	if (rq1 > rq2)
		swap(rq1, rq2);
	raw_spin_lock(&rq1->__lock);
	raw_spin_lock_nested(&rq2->__lock, SINGLE_DEPTH_NESTING);
}
static void double_rq_unlock(struct rq *rq1, struct rq *rq2)
{
	raw_spin_unlock(&rq1->__lock);
	if (rq1 != rq2)
		raw_spin_unlock(&rq2->__lock);
}
/* lab: thread balance on all */
/* lab: cpus 2 */
void balance(void)
{
	int other = smp_processor_id() ? 0 : 1;
	local_irq_disable();
	double_rq_lock(cpu_rq(smp_processor_id()), cpu_rq(other));
	cpu_rq(other)->nr_running++;
	cpu_rq(other)->nr_running--;
	double_rq_unlock(cpu_rq(smp_processor_id()), cpu_rq(other));
	local_irq_enable();
}
