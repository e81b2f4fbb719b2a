/* lab: cpus 2 */
/* lab: thread a on 0 */
/* lab: thread b on 1 */
static cpumask_t pending;
static DEFINE_PER_CPU(spinlock_t, pcl);

static void a(void)
{
	int cpu;

	cpumask_set_cpu(1, &pending);
	for_each_cpu(cpu, &pending) {
		spin_lock(&per_cpu(pcl, cpu));
		cpumask_clear_cpu(cpu, &pending);
		spin_unlock(&per_cpu(pcl, cpu));
	}
}
static void b(void)
{
	spin_lock(this_cpu_ptr(&pcl));
	cpumask_clear_cpu(smp_processor_id(), &pending);
	spin_unlock(this_cpu_ptr(&pcl));
}
