import type { KernelC } from "../../../kernel-c/index.js";
import type { Scenario } from "../../../machine/index.js";
import { exercise, explorerFindsNothing, on, type Exercise } from "../../exercise/index.js";
import { caseWith } from "../runs/case-with-patch.js";

/** Returns the exercise to mend a patch after which sched_in takes the wrong CPU's lock. */
export function whoseLock(kernelC: KernelC): Exercise<string> {
  const patched = (patch: string): Scenario => caseWith(kernelC, patch, { cpus: 2, vcpus: 1 });
  return exercise<string>("Whose lock?", {
    expect: [on("on 2 CPUs with 1 vCPU", patched, explorerFindsNothing())],
    hints: ["Whose list is the vCPU on?", "A lock protects what all agree on."],
    untested: ["more vCPUs", "that vcpu->cpu is up to date: see notebook 05"],
  });
}
