/* What calls posted_intr.c, and what it calls: arch/x86/kvm/vmx/vmx.c. */
static void vmx_vcpu_load(struct kvm_vcpu *vcpu, int cpu)
{
	vmx_vcpu_pi_load(vcpu, cpu);
}

static void vmx_vcpu_put(struct kvm_vcpu *vcpu)
{
	vmx_vcpu_pi_put(vcpu);
}

static bool vmx_sync_pir_to_irr(struct kvm_vcpu *vcpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	bool pending;

	/* A post between the two would only cost a wakeup that finds nothing. */
	in_one_step("sync PIR to IRR") {
		pending = pi_desc->on;
		if (pending) {
			pi_desc->on = false;
			pi_desc->pir = false;
		}
	}
	return pending;
}

/* The bit of the wakeup vector in the IRR of each CPU's local APIC. */
static DEFINE_PER_CPU(bool, wakeup_vector_irr);

static void __apic_send_IPI_self(int vector)
{
	this_cpu_write(wakeup_vector_irr, true);
}

/* The IOMMU: the descriptor and the notification at once, at any moment or never again. */
static void post_interrupt(struct kvm_vcpu *vcpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);

	/* With ON set a further post changes nothing. */
	in_one_step("post") {
		wait_until(!pi_desc->on);
		pi_desc->pir = true;
		pi_desc->on = true;
		if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR)
			per_cpu(wakeup_vector_irr, pi_desc->ndst) = true;
	}
}
