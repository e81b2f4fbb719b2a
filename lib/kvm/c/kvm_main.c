/*
 * The task of a vCPU: virt/kvm/kvm_main.c and arch/x86/kvm/x86.c, around a
 * guest that does nothing but halt.
 */
struct kvm_vcpu {
	int cpu;			/* cpu: where it was loaded last */
	bool blocking;
	struct task_struct thread;	/* the task that runs it */
};

static void rcuwait_wake_up(struct task_struct *task)
{
	try_to_wake_up(task);
}

static void kvm_vcpu_wake_up(struct kvm_vcpu *vcpu)
{
	rcuwait_wake_up(&vcpu->thread);
}

static bool kvm_vcpu_is_blocking(struct kvm_vcpu *vcpu)
{
	return vcpu->blocking;
}

static void kvm_arch_vcpu_load(struct kvm_vcpu *vcpu, int cpu)
{
	vmx_vcpu_load(vcpu, cpu);
	vcpu->cpu = cpu;
}

static void kvm_arch_vcpu_put(struct kvm_vcpu *vcpu)
{
	vmx_vcpu_put(vcpu);
}

static void kvm_sched_in(struct kvm_vcpu *vcpu, int cpu)
{
	kvm_arch_vcpu_load(vcpu, cpu);
}

static void kvm_sched_out(struct kvm_vcpu *vcpu)
{
	kvm_arch_vcpu_put(vcpu);
}

/* Whether there is an interrupt for the guest; it is taken then. */
static bool kvm_vcpu_check_block(struct kvm_vcpu *vcpu)
{
	return vmx_sync_pir_to_irr(vcpu);
}

static void kvm_vcpu_block(struct kvm_vcpu *vcpu)
{
	vcpu->blocking = true;
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kvm_vcpu_check_block(vcpu))
			break;
		schedule();
	}
	vcpu->blocking = false;
	__set_current_state(TASK_RUNNING);
}

/* What the host has to do between two runs of the guest: nothing. */
static void vcpu_run_host_work(struct kvm_vcpu *vcpu)
{
}

/* Until the guest halts. */
static void vcpu_enter_guest(struct kvm_vcpu *vcpu)
{
	vcpu_run_host_work(vcpu);
	wait_until(true);
}

/* KVM_RUN, forever. */
static void vcpu_run(struct kvm_vcpu *vcpu)
{
	schedule_tail();
	for (;;) {
		vcpu_enter_guest(vcpu);
		kvm_vcpu_block(vcpu);
	}
}
