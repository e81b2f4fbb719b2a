import type { KernelC } from "../../../kernel-c/index.js";
import type { KvmSize } from "../../../kvm/index.js";
import { exercise, holds, type Exercise } from "../../exercise/index.js";
import { exploredCase } from "../runs/case-with-patch.js";

/** Returns the exercise to name the smallest machine that hangs where `schedule()` leaves IRQs on. */
export function smallestMachine(kernelC: KernelC): Exercise<KvmSize> {
  const text = { fix: "final", changes: ["irqs-on"] } as const;
  const hangs = ({ cpus = 0, vcpus = 0 }: KvmSize): boolean =>
    cpus > 0 &&
    vcpus > 0 &&
    exploredCase(kernelC, text, { cpus, vcpus }, { properties: ["deadlock"] }).verdict ===
      "deadlock";
  return exercise<KvmSize>("The smallest machine", {
    expect: [
      holds("it hangs", hangs, "no deadlock in any of its states"),
      holds(
        "it is no larger than need be",
        ({ cpus = 0, vcpus = 0 }) =>
          !hangs({ cpus: cpus - 1, vcpus }) && !hangs({ cpus, vcpus: vcpus - 1 }),
        "a smaller one hangs, too",
      ),
    ],
    hints: ["Who has to be there?", "Who interrupts whom?"],
    untested: ["the second premise: there the smallest machine is another"],
  });
}
