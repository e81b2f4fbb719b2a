import { explore } from "../../../explore/index.js";
import type { KernelC } from "../../../kernel-c/index.js";
import { certified, irqsOff, ownLock } from "../../../kvm/index.js";
import { predict, type Prediction } from "../../exercise/index.js";

/** Returns the question which premise falls where `vcpu->cpu` is stale: 1, 2, or 0 for none. */
export function firstPremiseToFall(kernelC: KernelC): Prediction<number> {
  const fallen = (): string => {
    const stale = certified(kernelC, { fix: "final", changes: ["stale-cpu"] }, { vcpus: 1 });
    const { violations } = explore(stale, { properties: ["invariant"] });
    return violations.invariant?.message ?? "none";
  };
  return predict<number>("Which premise falls first?", {
    actual: () => [irqsOff, ownLock].indexOf(fallen()) + 1,
    because: () => `with two CPUs and one vCPU: ${fallen()}`,
    choices: [0, 1, 2],
  });
}
