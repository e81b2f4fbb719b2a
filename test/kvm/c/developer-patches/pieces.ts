/** What the patches change: lines of the case's files. */

/** Lines of one of the case's files, and what stands there instead. */
export type Edit = readonly [file: string, from: string, to: string];

export interface DeveloperPatch {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Lockdep's first complaint, whichever path runs first; null if there is none. */
  readonly lockdep: string | null;
  readonly explorer: string;
}

export const P = "posted_intr.c";
export const inLock = `		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
		list_del(&vmx->pi_wakeup_list);
`;
export const inUnlock = `		list_del(&vmx->pi_wakeup_list);
		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`;
export const inWhole = `${inLock}		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`;
export const outLock = `	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	list_add_tail(`;
export const outAdd = `	list_add_tail(&vmx->pi_wakeup_list,
		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
`;
export const wake = `			kvm_vcpu_wake_up(&vmx->vcpu);
`;
export const handlerLock = `	raw_spin_lock(spinlock);
	list_for_each_entry(`;
export const test = `		if (pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
`;
export const lockType = "static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);\n";
export const nested = (subclass: string): string =>
  `	raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), ${subclass});
	list_add_tail(`;

export const outWhole = `	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
${outAdd}	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`;
export const handlerWalk = `	raw_spin_lock(spinlock);
	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {

${test}	}
	raw_spin_unlock(spinlock);
`;
export const handlerWhole = `	struct vcpu_vmx *vmx;

${handlerWalk}`;
export const handlerNames = `	int cpu = smp_processor_id();
	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
`;
export const handler = `${handlerNames}${handlerWhole}`;
export const listed = `	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
${inWhole}	}
`;
export const lockInit = "	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));\n";
export const listType = "static DEFINE_PER_CPU(struct list_head, wakeup_vcpus_on_cpu);\n";
export const link = "	struct list_head pi_wakeup_list;\n";
export const assertion = "	lockdep_assert_irqs_disabled();\n";

/** Another type in place of `raw_spinlock_t`, with the calls that take and drop it. */
export const otherLock = (type: string, rename: (call: string) => string): readonly Edit[] => [
  [P, lockType, lockType.replace("raw_spinlock_t", type)],
  [P, inWhole, rename(inWhole)],
  [P, outWhole, rename(outWhole)],
  [P, "	raw_spinlock_t *spinlock =", `	${type} *spinlock =`],
  [P, handlerWalk, rename(handlerWalk)],
];
