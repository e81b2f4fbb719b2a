/** Where the absence of a violation says little, for want of CPUs, vCPUs, or of other code that may run. */
import type { Result } from "../../explore/index.js";
import { type ChangeName, furtherPaths } from "../variations/index.js";

/** What was explored. */
export interface Explored {
  readonly result: Pick<Result, "scenario" | "verdict">;
  readonly changes: readonly ChangeName[];
  /** Whether a mutant or a change was asked for: the code as it is needs no such doubt. */
  readonly changed: boolean;
}

/**
 * Returns warnings about a KVM case in which nothing is violated.
 *
 * @example
 * const result = explore(kvm(await loadKernelC(), { mutant: "m6", vcpus: 1 }));
 * kvmWarnings({ result, changes: [], changed: true })
 */
export function kvmWarnings({ result, changes, changed }: Explored): readonly string[] {
  const { scenario, verdict } = result;
  if (verdict !== "safe") return [];
  const { cpu = 0, vcpu = 0 } = scenario.sizes;
  const alone = !changes.some((name) => furtherPaths.some((path) => path === name));
  return [
    ...(cpu === 1
      ? [
          "1 CPU: no two paths run at the same time, so that no deadlock between CPUs can show; try 2",
        ]
      : []),
    ...(vcpu === 1 ? ["1 vCPU: nobody is on a list beside it, or waits for its CPU; try 2"] : []),
    ...(changed && alone && cpu > 1
      ? [
          "nobody but the three paths takes part; --smallest looks whether what else may run " +
            "makes it go wrong, up to --cpus and --vcpus",
        ]
      : []),
  ];
}
