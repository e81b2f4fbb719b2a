/** Which process can wait for what while it holds what, measured in every state. */
import { instanceId, partsOfId } from "../../primitives/lock.js";
import { type ExploreOptions, census, pathIn } from "../../explore/index.js";
import { type Model, type State, cpuOf, waiting } from "../../machine/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import type { KvmTextOptions } from "../c/kvm-files.js";
import { kvm } from "../kvm.js";
import type { KvmSize } from "../variations/size.js";
import { type PathName, pathFunctions } from "./races.js";

/** One way to wait. */
export interface Wait {
  /** The path that waits: one of the three, or the scheduler alone. */
  readonly path: PathName | "scheduler";
  /** The locks that its CPU holds, such as `own rq->__lock`, in the order of their declaration. */
  readonly holds: readonly string[];
  /** The lock that it waits for, such as `own wakeup lock`, or `p->on_cpu`. */
  readonly wants: string;
  /** In how many states, up to renaming. */
  readonly states: number;
}

/** Every way to wait. */
export interface Waits {
  readonly ways: readonly Wait[];
  readonly states: number;
  readonly complete: boolean;
}

/**
 * Returns every way in which somebody waits in the case, in all its states.
 *
 * @example
 * waits(await loadKernelC(), { cpus: 2, vcpus: 1 }).ways.filter(({ wants }) => wants === "another's wakeup lock")
 */
export function waits(
  kernelC: KernelC,
  options: KvmTextOptions & KvmSize = {},
  search: ExploreOptions = {},
): Waits {
  const { counted, states, complete } = census(kvm(kernelC, options), waysIn, search);
  const ways = counted.map(({ kind, states: n }): Wait => {
    const [path = "", holds = "", wants = ""] = kind.split(" | ");
    const known = (["handler", "sched_out", "sched_in"] as const).find((name) => name === path);
    return {
      path: known ?? "scheduler",
      holds: holds === "" ? [] : holds.split(", "),
      wants,
      states: n,
    };
  });
  return { ways, states, complete };
}

const spinsOnCpu = "smp_cond_load_acquire(&p->on_cpu, !VAL)";

function waysIn(model: Model, state: State): ReadonlySet<string> {
  const held = model.slots.flatMap(({ variable, index }, slot) => {
    const owner = state[slot] ?? -1;
    return variable?.lock == null || owner < 0
      ? []
      : [{ id: instanceId(variable.name, index), owner }];
  });
  const ways = new Set<string>();
  if (held.length === 0) return ways;
  for (const { number, lock, label, stack } of waiting(model, state)) {
    const cpu = cpuOf(model, state, number);
    if (cpu === null || (lock === null && label !== spinsOnCpu)) continue;
    const wants = lock === null ? "p->on_cpu" : relative(lock, cpu);
    const holds = held.filter(({ owner }) => owner === cpu).map(({ id }) => relative(id, cpu));
    ways.add([pathIn(pathFunctions, stack) ?? "scheduler", holds.join(", "), wants].join(" | "));
  }
  return ways;
}

/** The locks of the text by the names of their classes. */
const inShort: Readonly<Record<string, string>> = {
  wakeup_vcpus_on_cpu_lock: "wakeup lock",
  "runqueues.__lock": "rq->__lock",
  "task_struct.pi_lock": "p->pi_lock",
};

/** Returns a lock's name as seen from a CPU: numbers mean nothing where states are counted up to renaming. */
function relative(id: string, cpu: number): string {
  const [variable, index] = partsOfId(id);
  const name = inShort[variable] ?? variable;
  if (name === "p->pi_lock" || index === null) return name;
  return `${Number(index) === cpu ? "own" : "another's"} ${name}`;
}
