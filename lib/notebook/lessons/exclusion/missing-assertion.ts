import { explore } from "../../../explore/index.js";
import type { KernelC } from "../../../kernel-c/index.js";
import type { ChangeName } from "../../../kvm/index.js";
import type { Scenario } from "../../../machine/index.js";
import { exercise, explorerFindsNothing, holds, on, type Exercise } from "../../exercise/index.js";
import { caseWith } from "../runs/case-with-patch.js";

const size = { cpus: 2, vcpus: 1 };

/** Returns the exercise to write, as a patch, the assertion that guards the premise which lockdep cannot see. */
export function missingAssertion(kernelC: KernelC): Exercise<string> {
  const merged = (patch: string): Scenario => caseWith(kernelC, patch, size, { fix: "final" });
  const fires = (change: ChangeName) => (patch: string) => {
    const scenario = caseWith(kernelC, patch, size, { fix: "final", changes: [change] });
    return explore(scenario, { properties: ["assert"] }).verdict === "assert";
  };
  const nobody = "it does not: nobody is warned";
  return exercise<string>("The missing assertion", {
    expect: [
      on("in the merged code", merged, explorerFindsNothing()),
      holds("it fires where sched_out takes a remote CPU's lock", fires("remote-cpu"), nobody),
      holds("it fires where vcpu->cpu is stale", fires("stale-cpu"), nobody),
    ],
    hints: ["Whose lock is it, and who asks?", "smp_processor_id() is the CPU that asks."],
    untested: ["more than 2 CPUs", "what a reviewer says to one more assertion"],
  });
}
