/* lab: thread a on 0
   lab: thread b on 1 */
struct obj { struct rcu_head rcu; int v; /* 0..3 */ };
static struct obj obj;
static unsigned long word;
static DEFINE_PER_CPU(local_lock_t, ll);
struct pc { local_lock_t lock; int n; /* 0..3 */ };
static DEFINE_PER_CPU(struct pc, pc);
static void tl(struct tasklet_struct *t) { obj.v = 2; }
static DECLARE_TASKLET(tasklet, tl);
static void iw(struct irq_work *w) { tasklet_schedule(&tasklet); }
static DEFINE_IRQ_WORK(work, iw);
static void freed(struct rcu_head *head)
{
	struct obj *o = container_of(head, struct obj, rcu);
	o->v = 1;
}
static void a(void)
{
	bit_spin_lock(3, &word);
	call_rcu(&obj.rcu, freed);
	bit_spin_unlock(3, &word);
	local_lock(&pc.lock);
	this_cpu_inc(pc.n);
	local_unlock(&pc.lock);
	rcu_barrier();
	irq_work_queue(&work);
	tasklet_kill(&tasklet);
}
static void b(void)
{
	rcu_read_lock();
	while (!bit_spin_trylock(3, &word)) cpu_relax();
	bit_spin_unlock(3, &word);
	rcu_read_unlock();
	local_lock(&ll);
	local_unlock(&ll);
}
