/** Which two of the three paths meet at one wakeup lock, measured in every state. */
import { type ExploreOptions, census } from "../explore/index.js";
import { type Model, type State, cpuOf, waiting } from "../machine/index.js";
import { type KvmSize, kvm } from "./kvm.js";
import type { KvmOptions } from "./variations/index.js";

/** The paths by the functions that take the lock. */
const functions: ReadonlyMap<string, PathName> = new Map([
  ["pi_enable_wakeup_handler", "sched_out"],
  ["pi_wakeup_handler", "handler"],
  ["vmx_vcpu_pi_load", "sched_in"],
]);

/** How a path is called in the race matrix. */
export type PathName = "handler" | "sched_out" | "sched_in";

const paths: readonly PathName[] = ["handler", "sched_out", "sched_in"];

/** Two paths and how often they meet. */
export interface Race {
  readonly a: PathName;
  readonly b: PathName;
  /** States in which one of them holds a CPU's wakeup lock and the other waits for it. */
  readonly meeting: number;
  /** Steps of the shortest schedule to such a state; null if there is none. */
  readonly steps: number | null;
  readonly schedule: readonly number[];
}

/** The race matrix, as `raceMatrix()` draws it. */
export interface Races {
  readonly paths: readonly PathName[];
  /** Every pair once, a path with itself included. */
  readonly entries: readonly Race[];
  readonly bounds: string;
  readonly meaning: string;
  readonly states: number;
  readonly complete: boolean;
}

/**
 * Returns who meets whom at a wakeup lock, in all states of the case.
 *
 * @example
 * races({ cpus: 2, vcpus: 2 }).entries.filter(({ meeting }) => meeting > 0).length // 3
 */
export function races(options: KvmOptions & KvmSize = {}, search: ExploreOptions = {}): Races {
  const { cpus = 2, vcpus = 2 } = options;
  const { counted: kinds, states, complete } = census(kvm(options), meetings, search);
  const entries = paths.flatMap((a, at) =>
    paths.slice(at).map((b): Race => {
      const seen = kinds.find(({ kind }) => kind === pair(a, b));
      const { states: meeting = 0, schedule: way = () => [] } = seen ?? {};
      const schedule = way();
      return { a, b, meeting, steps: seen === undefined ? null : schedule.length, schedule };
    }),
  );
  const all = complete ? "all" : "the first";
  return {
    paths,
    entries,
    bounds:
      `${counted(cpus, "CPU")}, ${counted(vcpus, "vCPU")}, ${all} ` +
      `${states.toLocaleString("en-US")} states up to renaming`,
    meaning: "A race: one path holds the wakeup lock of a CPU, and the other waits for that lock.",
    states,
    complete,
  };
}

const counted = (n: number, what: string): string => `${String(n)} ${what}${n === 1 ? "" : "s"}`;

const pair = (a: PathName, b: PathName): string =>
  paths.indexOf(a) <= paths.indexOf(b) ? `${a} ${b}` : `${b} ${a}`;

/** Returns which of the three paths a stack is in, if any. */
export const pathIn = (stack: readonly string[]): PathName | null => {
  for (const name of stack) {
    const path = functions.get(name);
    if (path !== undefined) return path;
  }
  return null;
};

/** The pairs of which one holds a wakeup lock in this state and the other waits for it. */
function meetings(model: Model, state: State): ReadonlySet<string> {
  const locks = model.slots.flatMap(({ variable }, slot) =>
    variable?.name === "wakeup_vcpus_on_cpu_lock" ? [state[slot] ?? -1] : [],
  );
  const met = new Set<string>();
  if (locks.every((owner) => owner < 0)) return met;
  for (const { number, lock, stack } of waiting(model, state)) {
    const path = pathIn(stack);
    const owner = locks.findIndex((_, cpu) => lock === `wakeup_vcpus_on_cpu_lock@${String(cpu)}`);
    if (path === null || owner < 0) continue;
    const holder = holderOn(model, state, locks[owner] ?? -1, number);
    if (holder !== null) met.add(pair(path, holder));
  }
  return met;
}

/** The path that another process than this one is in on a CPU. */
function holderOn(model: Model, state: State, cpu: number, but: number): PathName | null {
  for (const [number, { slot, leaving }] of model.processes.entries()) {
    if (number === but || cpuOf(model, state, number) !== cpu) continue;
    const path = pathIn(leaving[state[slot] ?? 0]?.[0]?.stack ?? []);
    if (path !== null) return path;
  }
  return null;
}
