/*
 * Posted interrupts that wake a vCPU which is blocked: the lab's own model of
 * arch/x86/kvm/vmx/posted_intr.c of Linux 6.12, in its names and its shape.
 */
#define POSTED_INTR_VECTOR		0
#define POSTED_INTR_WAKEUP_VECTOR	1

struct pi_desc {
	bool on;	/* outstanding notification */
	bool pir;	/* posted interrupt requests, as one bit */
	u8 nv;		/* 0..1: notification vector */
	int ndst;	/* cpu: notification destination */
};

struct vcpu_vmx {
	struct kvm_vcpu vcpu;
	struct pi_desc pi_desc;
	struct list_head pi_wakeup_list;
};

/* All of them are queued at first. */
static struct vcpu_vmx vcpus[NR_VCPUS] = {
	[0 ... NR_VCPUS - 1] = { .vcpu = { .thread = { .on_rq = true } } },
};

/*
 * The vCPUs that have blocked on a CPU, each of which wants its handler to look
 * whether an interrupt has been posted to it.
 */
static DEFINE_PER_CPU(struct list_head, wakeup_vcpus_on_cpu);
/*
 * Protects the list of its CPU: the handler walks it there, and a vCPU that
 * goes on elsewhere leaves it from there.
 */
static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);

static inline struct vcpu_vmx *to_vmx(struct kvm_vcpu *vcpu)
{
	return container_of(vcpu, struct vcpu_vmx, vcpu);
}

static inline struct pi_desc *vcpu_to_pi_desc(struct kvm_vcpu *vcpu)
{
	return &(to_vmx(vcpu)->pi_desc);
}

static bool pi_test_on(struct pi_desc *pi_desc)
{
	return pi_desc->on;
}

/* The kernel changes all of the descriptor's control word with one cmpxchg. */
static void pi_set_control(struct pi_desc *pi_desc, int ndst, u8 nv)
{
	in_one_step("pi_set_control(ndst, nv)") {
		pi_desc->ndst = ndst;
		pi_desc->nv = nv;
	}
}

/* Returns whether ON is set in what was written. */
static bool pi_set_nv(struct pi_desc *pi_desc, u8 nv)
{
	bool on;

	in_one_step("pi_set_nv(nv)") {
		on = pi_desc->on;
		pi_desc->nv = nv;
	}
	return on;
}

void vmx_vcpu_pi_load(struct kvm_vcpu *vcpu, int cpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	struct vcpu_vmx *vmx = to_vmx(vcpu);
	unsigned long flags;
	int dest;

	/* Nothing to do where it goes on where it was, and was not blocked. */
	if (pi_desc->nv != POSTED_INTR_WAKEUP_VECTOR && vcpu->cpu == cpu)
		return;

	local_irq_save(flags);

	/*
	 * It is still on the list of the CPU on which it blocked: another one
	 * than this, perhaps, by now.
	 */
	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
		list_del(&vmx->pi_wakeup_list);
		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	}

	dest = cpu;
	pi_set_control(pi_desc, dest, POSTED_INTR_VECTOR);

	local_irq_restore(flags);
}

/*
 * From now on interrupts for the vCPU come to the handler of this CPU, on whose
 * list it is.
 */
static void pi_enable_wakeup_handler(struct kvm_vcpu *vcpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	struct vcpu_vmx *vmx = to_vmx(vcpu);

	lockdep_assert_irqs_disabled();

	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	list_add_tail(&vmx->pi_wakeup_list,
		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));

	/*
	 * What was posted before the vector changed has set ON and told nobody
	 * who would wake the vCPU.
	 */
	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
}

void vmx_vcpu_pi_put(struct kvm_vcpu *vcpu)
{
	if (kvm_vcpu_is_blocking(vcpu))
		pi_enable_wakeup_handler(vcpu);
}

/* Handler for POSTED_INTR_WAKEUP_VECTOR. */
void pi_wakeup_handler(void)
{
	int cpu = smp_processor_id();
	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
	struct vcpu_vmx *vmx;

	raw_spin_lock(spinlock);
	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {

		if (pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
	}
	raw_spin_unlock(spinlock);
}

void __init pi_init_cpu(int cpu)
{
	INIT_LIST_HEAD(&per_cpu(wakeup_vcpus_on_cpu, cpu));
	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
}
