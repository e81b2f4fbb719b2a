import { explore } from "../../../explore/index.js";
import type { KernelC } from "../../../kernel-c/index.js";
import type { Scenario } from "../../../machine/index.js";
import { exercise, explorerFindsNothing, holds, on, type Exercise } from "../../exercise/index.js";
import { caseWith } from "../runs/case-with-patch.js";

/**
 * Returns the patch after which sched_in takes the lock of the CPU that an expression of C names.
 *
 * @param also a statement before it takes the lock
 */
const lockOf = (cpu: string, also = ""): string => `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -90,5 +90,7 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *vcpu, int cpu)
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		int whose = ${cpu};
+${also}
+		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, whose));
 		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, whose));
 	}
`;

/** Whether a text can only be an expression: what opens in it closes in it, and nothing ends it before its end. */
export function isOneExpression(text: string): boolean {
  if (text.trim() === "" || /[;{}\n]/.test(text)) return false;
  let open = 0;
  for (const letter of text) {
    if ("([".includes(letter)) open += 1;
    if (")]".includes(letter)) open -= 1;
    if (open < 0 || (letter === "," && open === 0)) return false;
  }
  return open === 0;
}

/** Returns the exercise to say in C whose wakeup lock sched_in takes. */
export function whoseLock(kernelC: KernelC): Exercise<string> {
  const size = { cpus: 2, vcpus: 1 };
  const locking = (cpu: string): Scenario => caseWith(kernelC, lockOf(cpu), size);
  // Another lock than the list's does no harm where nobody else is at the list: that takes a second vCPU.
  const onOtherList = (cpu: string): boolean => {
    const scenario = caseWith(kernelC, lockOf(cpu, "\t\tBUG_ON(whose != vcpu->cpu);"), size);
    return explore(scenario, { properties: ["assert"] }).violations.assert !== undefined;
  };
  return exercise<string>("Whose lock?", {
    expect: [
      holds(
        "it is one expression",
        isOneExpression,
        "write what stands for the CPU, and no statement",
      ),
      on("on 2 CPUs with 1 vCPU", locking, explorerFindsNothing()),
      holds(
        "it is always the lock of the list that the vCPU is on",
        (cpu) => !onOtherList(cpu),
        "with more vCPUs another CPU would be at that list, under the list's own lock",
      ),
    ],
    hints: ["Whose list is the vCPU on?", "A lock protects what all agree on."],
    untested: ["more vCPUs", "that what you name is up to date: see notebook 05"],
  });
}
