/*
 * The scheduler as far as its locks matter: the lab's own model of
 * kernel/sched/core.c of Linux 6.12. All tasks are those of vCPUs; they are
 * queued on the first CPU at first.
 *
 * Left out: priorities (any task that is queued may be picked), the wakelist of
 * ttwu_queue() (an optimisation that PREEMPT_RT switches off; without it a
 * waker spins on p->on_cpu), load balancing, and preemption.
 */
#define TASK_WAKING	2
#define TASK_DEAD	3

struct task_struct {
	unsigned int	__state;	/* 0..3 */
	bool		on_rq;
	bool		on_cpu;
	int		cpu;		/* cpu */
	raw_spinlock_t	pi_lock;
};

struct rq {
	raw_spinlock_t		__lock;
	struct task_struct	*curr;	/* NULL: the idle task */
	struct task_struct	*prev;	/* what finish_task_switch() finishes */
	bool			queue[NR_VCPUS];
};

static DEFINE_PER_CPU(struct rq, runqueues);

#define cpu_rq(cpu)	(&per_cpu(runqueues, (cpu)))
#define this_rq()	this_cpu_ptr(&runqueues)
#define task_rq(p)	cpu_rq((p)->cpu)
#define __rq_lockp(rq)	(&(rq)->__lock)

static void sched_init(void)
{
	struct rq *rq = this_rq();

	raw_spin_lock_init(&rq->__lock);
}

static void sched_fork(struct task_struct *p)
{
	raw_spin_lock_init(&p->pi_lock);
}

static bool task_current(struct task_struct *p)
{
	return task_rq(p)->curr == p;
}

static bool task_queued(struct task_struct *p, int cpu)
{
	return cpu_rq(cpu)->queue[number_of(p)];
}

static void activate_task(struct rq *rq, struct task_struct *p)
{
	in_one_step("activate_task") {
		p->on_rq = true;
		rq->queue[number_of(p)] = true;
	}
}

static void deactivate_task(struct task_struct *p)
{
	in_one_step("deactivate_task") {
		p->on_rq = false;
		this_rq()->queue[number_of(p)] = false;
	}
}

static int task_cpu(struct task_struct *p)
{
	return p->cpu;
}

/* Who drops the lock of a run queue before it is unpinned is warned of. */
#define rq_pin_lock(rq)		lockdep_pin_lock(__rq_lockp(rq))
#define rq_unpin_lock(rq)	lockdep_unpin_lock(__rq_lockp(rq))

static void rq_lock(struct rq *rq)
{
	raw_spin_lock(__rq_lockp(rq));
	rq_pin_lock(rq);
}

static void rq_unlock(struct rq *rq)
{
	rq_unpin_lock(rq);
	raw_spin_unlock(__rq_lockp(rq));
}

static void raw_spin_rq_lock_irq(void)
{
	local_irq_disable();
	raw_spin_lock(__rq_lockp(this_rq()));
}

static void raw_spin_rq_unlock_irq(void)
{
	raw_spin_unlock(__rq_lockp(this_rq()));
	local_irq_enable();
}

static void fire_sched_out_preempt_notifiers(struct task_struct *curr)
{
	kvm_sched_out(container_of(curr, struct kvm_vcpu, thread));
}

static void fire_sched_in_preempt_notifiers(struct task_struct *curr)
{
	kvm_sched_in(container_of(curr, struct kvm_vcpu, thread), smp_processor_id());
}

static void prepare_task_switch(struct task_struct *prev)
{
	fire_sched_out_preempt_notifiers(prev);
}

/* The lock goes over to the next task, and lockdep is told so. */
static void prepare_lock_switch(void)
{
	rq_unpin_lock(this_rq());
	spin_release(&__rq_lockp(this_rq())->dep_map, _RET_IP_);
}

static void finish_lock_switch(void)
{
	spin_acquire(&__rq_lockp(this_rq())->dep_map, 0, 0, _RET_IP_);
	raw_spin_rq_unlock_irq();
}

static void switch_to(struct task_struct *prev, struct task_struct *next)
{
	in_one_step("switch_to") {
		if (next)
			next->on_cpu = true;
		this_rq()->prev = prev;
		this_rq()->curr = next;
	}
}

/* What whoever is switched in does first; that may never come. */
static void finish_task(void)
{
	in_one_step("finish_task") {
		idle_until(true);
		if (this_rq()->prev)
			this_rq()->prev->on_cpu = false;
		this_rq()->prev = NULL;
	}
}

static void finish_task_switch(void)
{
	finish_task();
	finish_lock_switch();
	fire_sched_in_preempt_notifiers(current);
}

static void context_switch(struct task_struct *prev, struct task_struct *next)
{
	prepare_task_switch(prev);
	prepare_lock_switch();
	switch_to(prev, next);
	finish_task_switch();
}

/* NULL is the idle task. */
static struct task_struct *pick_next_task(void)
{
	return nondet_member(struct task_struct, p, task_queued(p, smp_processor_id()));
}

static void __schedule(bool preempt)
{
	struct task_struct *prev = current;
	struct task_struct *next;

	raw_spin_rq_lock_irq();
	rq_pin_lock(this_rq());
	if (!preempt && prev->__state != TASK_RUNNING)
		deactivate_task(prev);
	next = pick_next_task();
	if (next == prev) {
		rq_unpin_lock(this_rq());
		raw_spin_rq_unlock_irq();
	} else {
		context_switch(prev, next);
	}
}

static void schedule(void)
{
	__schedule(false);
}

static void schedule_tail(void)
{
	finish_task_switch();
}

static void schedule_idle(void)
{
	struct task_struct *next;

	in_one_step("need_resched()") {
		idle_until(exists_member(struct task_struct, p, task_queued(p, smp_processor_id())));
		local_irq_disable();
	}
	rq_lock(this_rq());
	next = pick_next_task();
	if (!next) {
		rq_unpin_lock(this_rq());
		raw_spin_rq_unlock_irq();
		return;
	}
	prepare_lock_switch();
	switch_to(NULL, next);
	finish_task();
	finish_lock_switch();
}

/* What else happens on an idle CPU: nothing. Returns whether something did. */
static bool idle_work(void)
{
	return false;
}

/* One round of the idle task. */
static void do_idle(void)
{
	if (!idle_work())
		schedule_idle();
}

static void ttwu_runnable(struct task_struct *p)
{
	struct rq *rq = task_rq(p);

	rq_lock(rq);
	if (p->on_rq)
		p->__state = TASK_RUNNING;
	else
		p->__state = TASK_WAKING;
	rq_unlock(rq);
}

static void select_task_rq(struct task_struct *p)
{
	in_one_step("select_task_rq")
		p->cpu = nondet_member(cpu, any, true);
}

static void ttwu_queue(struct task_struct *p)
{
	struct rq *rq = task_rq(p);

	rq_lock(rq);
	in_one_step("ttwu_do_activate") {
		activate_task(rq, p);
		p->__state = TASK_RUNNING;
	}
	rq_unlock(rq);
}

/*
 * pi_lock is taken with raw_spin_lock_irqsave() and dropped with
 * raw_spin_unlock_irqrestore(): here interrupts go off with the step before the
 * lock and on with the last one, since nobody else can tell.
 */
static void try_to_wake_up(struct task_struct *p)
{
	unsigned long flags;
	bool is_current;

	in_one_step("p == current") {
		local_irq_save(flags);
		is_current = this_rq()->curr == p;
	}
	if (is_current) {
		in_one_step("wake current") {
			if (p->__state == TASK_INTERRUPTIBLE)
				p->__state = TASK_RUNNING;
			local_irq_restore(flags);
		}
		return;
	}

	raw_spin_lock(&p->pi_lock);
	if (p->__state == TASK_INTERRUPTIBLE) {
		if (p->on_rq)
			ttwu_runnable(p);
		else
			p->__state = TASK_WAKING;
		if (p->__state == TASK_WAKING) {
			smp_cond_load_acquire(&p->on_cpu, !VAL);
			select_task_rq(p);
			ttwu_queue(p);
		}
	}
	in_one_step("raw_spin_unlock_irqrestore") {
		raw_spin_unlock(&p->pi_lock);
		local_irq_restore(flags);
	}
}
