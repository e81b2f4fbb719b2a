/*
 * Each path once, none of them in a race: what lockdep needs to see to learn
 * them. The paths are those that run elsewhere; only what they start from is set
 * up here, so that the order in which they first run is free, as in a kernel.
 */
static void vcpu_sleeps(struct vcpu_vmx *vmx)
{
	vmx->vcpu.thread.__state = TASK_INTERRUPTIBLE;
	vmx->vcpu.thread.on_rq = false;
	vmx->vcpu.thread.on_cpu = false;
	this_rq()->queue[number_of(&vmx->vcpu.thread)] = false;
}

/*
 * The first vCPU is on the list, or about to be put there, whatever the list is
 * made of: its own code has put it there, unseen by lockdep. Both vCPUs sleep.
 */
static void vcpu_blocks(struct vcpu_vmx *vmx, bool listed)
{
	struct kvm_vcpu *vcpu = &vmx->vcpu;
	struct pi_desc *pi_desc = &vmx->pi_desc;
	bool is_listed = pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR;

	vcpu->blocking = true;
	pi_desc->on = false;
	lockdep_off();
	local_irq_disable();
	if (listed && !is_listed)
		vmx_vcpu_pi_put(vcpu);
	if (!listed && is_listed)
		vmx_vcpu_pi_load(vcpu, smp_processor_id());
	local_irq_enable();
	lockdep_on();
	pi_desc->on = listed;
	this_rq()->curr = NULL;
	vcpu_sleeps(&vcpus[0]);
	vcpu_sleeps(&vcpus[1]);
}

/* A task's pi_lock, then its run queue's: task_rq_lock(), try_to_wake_up(). */
static void wakes_at_boot(struct task_struct *p)
{
	raw_spin_lock(&p->pi_lock);
	rq_lock(task_rq(p));
	rq_unlock(task_rq(p));
	raw_spin_unlock(&p->pi_lock);
}

static DEFINE_PER_CPU(bool, boot_timer_irr);
static DEFINE_PER_CPU(bool, boot_softirq_pending);

/*
 * What every kernel has done long before the first vCPU runs: tasks were woken
 * by a task, from a timer's hardirq and from its softirq.
 */
static void first_run_task_wakes(void)
{
	local_irq_disable();
	wakes_at_boot(&vcpus[0].vcpu.thread);
	local_irq_enable();
}

static void first_run_hardirq_wakes(void)
{
	this_cpu_write(boot_timer_irr, true);
}

static void hrtimer_wakeup(void)
{
	wakes_at_boot(&vcpus[0].vcpu.thread);
}

static void first_run_softirq_wakes(void)
{
	this_cpu_write(boot_softirq_pending, true);
}

static void process_timeout(void)
{
	local_irq_disable();
	wakes_at_boot(&vcpus[0].vcpu.thread);
	local_irq_enable();
}

/* What else has run before. */
static void first_run_boot(void)
{
}

static void first_run_sched_out(void)
{
	vcpu_blocks(&vcpus[0], false);
	raw_spin_rq_lock_irq();
	rq_pin_lock(this_rq());
	prepare_task_switch(&vcpus[0].vcpu.thread);
	rq_unpin_lock(this_rq());
	raw_spin_rq_unlock_irq();
}

static void first_run_handler(void)
{
	vcpu_blocks(&vcpus[0], true);
	this_cpu_write(wakeup_vector_irr, true);
}

static void first_run_sched_in(void)
{
	vcpu_blocks(&vcpus[0], true);
	raw_spin_rq_lock_irq();
	rq_pin_lock(this_rq());
	prepare_lock_switch();
	finish_task_switch();
}

/* What a mutant or a change adds beside the three. */
static void first_run_further(void)
{
	vcpu_run_host_work(&vcpus[0].vcpu);
	idle_work();
}
