import type { Result } from "../../../explore/index.js";
import type { KernelC } from "../../../kernel-c/index.js";
import type { KvmSize } from "../../../kvm/index.js";
import { exercise, holds, type Exercise } from "../../exercise/index.js";
import { exploredCase } from "../runs/case-with-patch.js";

/**
 * Returns the exercise to name the smallest machine that hangs where sched_out takes another CPU's lock.
 *
 * @param known what is found on 2 CPUs with 2 vCPUs, which need not be searched again
 */
export function smallestMachine(kernelC: KernelC, known: Result): Exercise<KvmSize> {
  const text = { fix: "final", changes: ["remote-cpu"] } as const;
  const options = { properties: ["deadlock"], shortest: false } as const;
  const found = new Map([["2 x 2", known.verdict === "deadlock"]]);
  const hangs = ({ cpus = 0, vcpus = 0 }: KvmSize): boolean => {
    if (cpus < 1 || vcpus < 1) return false;
    const size = `${String(cpus)} x ${String(vcpus)}`;
    const answer =
      found.get(size) ??
      exploredCase(kernelC, text, { cpus, vcpus }, options).verdict === "deadlock";
    found.set(size, answer);
    return answer;
  };
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
    hints: [
      "Each arrow of the figure was seen. Were they seen at one moment?",
      "On whose list is the vCPU that the handler wakes, and who is in sched_out meanwhile?",
    ],
    untested: ["the first premise: there the smallest machine is another"],
  });
}
