/** Which paths meet at one instance of a lock, counted over every state of a scenario. */
import { instanceId } from "../../primitives/lock.js";
import { type Model, type Scenario, type State, cpuOf, waiting } from "../../machine/index.js";
import { census } from "./census.js";
import type { ExploreOptions } from "../result/result.js";

/** Paths by name, each with a function that is on the stack for as long as it lasts. */
export type PathFunctions<Path extends string = string> = Readonly<Record<Path, string>>;

/** What to look for. */
export interface MeetingQuestion<Path extends string = string> {
  /** The lock variable whose instances count, such as `wakeup_vcpus_on_cpu_lock`. */
  readonly lock: string;
  readonly paths: PathFunctions<Path>;
}

/** Two paths and how often they meet. */
export interface Meeting<Path extends string = string> {
  readonly a: Path;
  readonly b: Path;
  /** States in which one of them holds an instance of the lock and the other waits for it. */
  readonly meeting: number;
  /** Steps of the shortest schedule to such a state; null if there is none. */
  readonly steps: number | null;
  readonly schedule: readonly number[];
}

/** Which processes contend, with the bounds. */
export interface Meetings<Path extends string = string> {
  readonly paths: readonly Path[];
  /** Every pair once, a path with itself included. */
  readonly entries: readonly Meeting<Path>[];
  /** States up to renaming, as in a census. */
  readonly states: number;
  readonly complete: boolean;
}

/**
 * Returns in how many states one path holds an instance of the lock while another waits for it.
 *
 * @throws TypeError if the scenario has no lock of that name, or none of its code is inside a path
 * @example
 * const scenario = kvm(await loadKernelC(), { vcpus: 1 });
 * meetings(scenario, { lock: "wakeup_vcpus_on_cpu_lock", paths: { handler: "pi_wakeup_handler" } })
 */
export function meetings<Path extends string>(
  scenario: Scenario,
  question: MeetingQuestion<Path>,
  options: ExploreOptions = {},
): Meetings<Path> {
  const paths = keysOf(question.paths);
  const pair = (a: Path, b: Path): string =>
    paths.indexOf(a) <= paths.indexOf(b) ? `${a} ${b}` : `${b} ${a}`;
  let prepared: ((state: State) => ReadonlySet<string>) | null = null;
  const seen = census(
    scenario,
    (model, state) => (prepared ??= meetingsIn(model, question, pair))(state),
    options,
  );
  const entries = paths.flatMap((a, at) =>
    paths.slice(at).map((b): Meeting<Path> => {
      const found = seen.counted.find(({ kind }) => kind === pair(a, b));
      const schedule = found?.schedule() ?? [];
      const steps = found === undefined ? null : schedule.length;
      return { a, b, meeting: found?.states ?? 0, steps, schedule };
    }),
  );
  return { paths, entries, states: seen.states, complete: seen.complete };
}

/** Returns the path that a stack is in, if any. */
export function pathIn<Path extends string>(
  paths: PathFunctions<Path>,
  stack: readonly string[],
): Path | null {
  return keysOf(paths).find((path) => stack.includes(paths[path])) ?? null;
}

function keysOf<Key extends string>(of: Readonly<Record<Key, string>>): Key[] {
  const keys: Key[] = [];
  for (const key in of) keys.push(key);
  return keys;
}

/** Returns what tells the pairs of paths that meet in a state, each once. */
function meetingsIn<Path extends string>(
  model: Model,
  { lock, paths }: MeetingQuestion<Path>,
  pair: (a: Path, b: Path) => string,
): (state: State) => ReadonlySet<string> {
  const instances = model.slots.flatMap(({ variable, index }, slot) => {
    if (variable?.name !== lock || variable.lock === null) return [];
    return [{ slot, id: instanceId(lock, index) }];
  });
  const name = model.scenario.name;
  if (instances.length === 0) throw new TypeError(`"${name}" has no lock named "${lock}"`);
  const pathAt = model.processes.map(({ leaving }) =>
    leaving.map((from) => pathIn(paths, from[0]?.stack ?? [])),
  );
  const used = new Set(pathAt.flat());
  for (const path of keysOf(paths)) {
    if (used.has(path)) continue;
    throw new TypeError(`path "${path}": nothing in "${name}" runs inside ${paths[path]}()`);
  }

  /** The path on a CPU that is not `but`: a handler stands above the task that it interrupted. */
  const pathOn = (state: State, cpu: number, but: number): Path | null => {
    const there = model.processes.flatMap(({ slot, kind }, number) => {
      const path = pathAt[number]?.[state[slot] ?? 0] ?? null;
      const here = number !== but && path !== null && cpuOf(model, state, number) === cpu;
      return here ? [{ path, handler: kind !== "task" }] : [];
    });
    return (there.find(({ handler }) => handler) ?? there[0])?.path ?? null;
  };

  return (state) => {
    const met = new Set<string>();
    const owners = new Map(
      instances.flatMap(({ slot, id }) => {
        const owner = state[slot] ?? -1;
        return owner < 0 ? [] : [[id, owner] as const];
      }),
    );
    if (owners.size === 0) return met;
    for (const { number, lock: wanted, stack } of waiting(model, state)) {
      const path = pathIn(paths, stack);
      const owner = wanted === null ? undefined : owners.get(wanted);
      if (path === null || owner === undefined) continue;
      const holder = pathOn(state, owner, number);
      if (holder !== null) met.add(pair(path, holder));
    }
    return met;
  };
}
