/*
 * KVM while a CPU comes up: memory slots, the NX huge page mitigation, an MSR, a new VM.
 *
 * lab: cpus 5
 * lab: thread kvm_set_memory_region on 0
 * lab: thread set_nx_huge_pages on 1
 * lab: thread kvm_vcpu_ioctl on 2
 * lab: thread kvm_create_vm on 3
 * lab: thread cpu_up on 4
 */
static DEFINE_MUTEX(kvm_lock);
static DEFINE_MUTEX(slots_lock);	/* kvm->slots_lock */
static DEFINE_MUTEX(vcpu_mutex);	/* vcpu->mutex */
DEFINE_STATIC_SRCU(kvm_srcu);		/* kvm->srcu */

/* KVM_SET_USER_MEMORY_REGION: until nobody uses the old slots. */
static void kvm_set_memory_region(void)
{
	mutex_lock(&slots_lock);
	synchronize_srcu(&kvm_srcu);
	mutex_unlock(&slots_lock);
}

/* /sys/module/kvm/parameters/nx_huge_pages is written: every VM, one after the other. */
static void set_nx_huge_pages(void)
{
	mutex_lock(&kvm_lock);
	mutex_lock(&slots_lock);
	mutex_unlock(&slots_lock);
	mutex_unlock(&kvm_lock);
}

/* KVM_SET_MSRS: the local APIC is switched on, and a static key with it. */
static void kvm_vcpu_ioctl(void)
{
	int idx;

	mutex_lock(&vcpu_mutex);
	idx = srcu_read_lock(&kvm_srcu);
	cpus_read_lock();
	cpus_read_unlock();
	srcu_read_unlock(&kvm_srcu, idx);
	mutex_unlock(&vcpu_mutex);
}

/* KVM_CREATE_VM: hardware_enable_all(), for the first VM. */
static void kvm_create_vm(void)
{
	cpus_read_lock();
	mutex_lock(&kvm_lock);
	mutex_unlock(&kvm_lock);
	cpus_read_unlock();
}

static void cpu_up(void)
{
	cpus_write_lock();
	cpus_write_unlock();
}
