import { describe, expect, it } from "vitest";
import { judgeMemory, type Given } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { fixThatPasses } from "../../../lib/notebook/lessons/bench/fix-that-passes.js";
import { expectSolved, failedBy } from "./solved.js";

const kernelC = await loadKernelC();

/** sched_out in C, with this line where it takes the lock. */
const schedOut = (lock: string): string => `
static void pi_enable_wakeup_handler(struct kvm_vcpu *vcpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	struct vcpu_vmx *vmx = to_vmx(vcpu);

	${lock}
	list_add_tail(&vmx->pi_wakeup_list, &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));

	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
}
`;
const nested = (subclass: number): string =>
  `raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), ${String(subclass)});`;

/** sched_in in C, with these lines where it leaves the list. */
const schedIn = (...inside: readonly string[]): string => `
void vmx_vcpu_pi_load(struct kvm_vcpu *vcpu, int cpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	struct vcpu_vmx *vmx = to_vmx(vcpu);
	raw_spinlock_t *lock = &per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu);
	unsigned long flags;

	if (pi_desc->nv != POSTED_INTR_WAKEUP_VECTOR && vcpu->cpu == cpu)
		return;

	local_irq_save(flags);
	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
		raw_spin_lock(lock);
${inside.map((line) => `\t\t${line}\n`).join("")}		raw_spin_unlock(lock);
	}
	pi_set_control(pi_desc, cpu, POSTED_INTR_VECTOR);
	local_irq_restore(flags);
}
`;
const told = (subclass: number): string =>
  `spin_acquire(&lock->dep_map, ${String(subclass)}, 0, _RET_IP_);`;
const untold = "spin_release(&lock->dep_map, _RET_IP_);";
const leaves = "list_del(&vmx->pi_wakeup_list);";

/** The same with the list left in a function of its own. */
const inHelper = `static void pi_leave(struct vcpu_vmx *vmx)
{
	${leaves}
}
${schedIn("pi_leave(vmx);")}`;

/** What is not so of code that lockdep reports: with its report it is off. */
const unheard = ["it hides none of the five", "all five could be tried"];

const exercise = fixThatPasses(kernelC, judgeMemory());

describe("a fix that passes", () => {
  it("may be another number, in other words", () => {
    expectSolved(exercise, [schedOut(nested(5)), schedIn(told(5), leaves, untold)]);
  });

  it.each<readonly [string, Given, readonly string[]]>([
    [
      "sched_in that tells of both only afterwards",
      [schedOut(nested(1)), schedIn(leaves, told(1), untold)],
      ["it hides none of the five"],
    ],
    [
      "code to which the bugs cannot be added",
      [schedOut(nested(1)), inHelper],
      ["all five could be tried"],
    ],
    [
      "a vCPU that never goes to sleep",
      `static bool kvm_vcpu_check_block(struct kvm_vcpu *vcpu)
{
	vmx_sync_pir_to_irr(vcpu);
	return true;
}
`,
      ["lockdep is silent", "a vCPU without work: goes to sleep", ...unheard],
    ],
    [
      "the code as it is, after whose report lockdep hears of no bug",
      {},
      ["lockdep is silent", ...unheard],
    ],
  ])("is not %s", (_, fix, failed) => {
    expect(failedBy(exercise, fix)).toEqual(failed);
  });
});
