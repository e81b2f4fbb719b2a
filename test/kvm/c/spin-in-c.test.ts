import { describe, it } from "vitest";
import { type ChangeName, changes, kvmFiles, kvmInC } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { agreeWithSpin, hasSpin } from "../../explore/spin.js";

const kernelC = await loadKernelC();

/** Set LAB_LONG_TESTS=1 to compare every change; else those that stand in for the others. */
const isLong = process.env["LAB_LONG_TESTS"] === "1";
const some: readonly ChangeName[] = ["irqs-on", "remote-cpu", "vcpu-exit"];

const compared: readonly (ChangeName | null)[] = [
  null,
  ...changes.map(({ name }) => name).filter((name) => isLong || some.includes(name)),
];

describe.skipIf(!hasSpin)("SPIN and the lab agree, state by state, about the case in C", () => {
  it.each(compared)(
    "with 2 CPUs and 1 vCPU: %s",
    (change) => {
      const files = kvmFiles({ fix: "final", changes: change === null ? [] : [change] });
      return agreeWithSpin(kvmInC(kernelC, files, `kvm-pi ${change ?? ""}`, { vcpus: 1 }));
    },
    10 * 60_000,
  );
});
