/** Which two of the three paths meet at one wakeup lock, measured in every state. */
import { counted, grouped } from "../../primitives/counted.js";
import {
  type ExploreOptions,
  type Meetings,
  type PathFunctions,
  meetings,
} from "../../explore/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import type { KvmTextOptions } from "../c/kvm-files.js";
import { kvm } from "../kvm.js";
import type { KvmSize } from "../variations/size.js";

/** How a path is called in the race matrix. */
export type PathName = "handler" | "sched_out" | "sched_in";

/** The paths by the functions that take the lock. */
export const pathFunctions: PathFunctions<PathName> = {
  handler: "pi_wakeup_handler",
  sched_out: "pi_enable_wakeup_handler",
  sched_in: "vmx_vcpu_pi_load",
};

/** The race matrix, as `raceMatrix()` draws it. */
export interface Races extends Meetings<PathName> {
  readonly bounds: string;
  readonly meaning: string;
}

/**
 * Returns who meets whom at a wakeup lock, in all states of the case.
 *
 * @example
 * const kernelC = await loadKernelC();
 * races(kernelC, { cpus: 1, vcpus: 2 }).entries.filter(({ meeting }) => meeting > 0) // []
 */
export function races(
  kernelC: KernelC,
  options: KvmTextOptions & KvmSize = {},
  search: ExploreOptions = {},
): Races {
  const { cpus = 2, vcpus = 2 } = options;
  const question = { lock: "wakeup_vcpus_on_cpu_lock", paths: pathFunctions };
  const met = meetings(kvm(kernelC, options), question, search);
  const all = met.complete ? "all" : "the first";
  return {
    ...met,
    bounds:
      `${counted(cpus, "CPU")}, ${counted(vcpus, "vCPU")}, ${all} ` +
      `${grouped(met.states)} states, names aside`,
    meaning: "A race: one path holds the wakeup lock of a CPU, and the other waits for that lock.",
  };
}
