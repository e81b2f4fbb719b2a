/** Which paths meet at one lock instance, counted over every state of a scenario. */
import { eachState } from "../explore/index.js";
import {
  cpuOf,
  evaluate,
  lockMapOf,
  translate,
  type Instance,
  type LockTarget,
  type Model,
  type Scenario,
  type State,
  type Transition,
} from "../machine/index.js";
import type { RaceEntry, RaceMatrix } from "./race-matrix.js";
import { grouped } from "./text.js";

/** What to measure. */
export interface RaceQuestion {
  /** The lock variable whose instances count, such as `wakeup_vcpus_on_cpu_lock`. */
  readonly lock: string;
  /** The paths by name, each with a function that is on the stack while it is in question. */
  readonly paths: Readonly<Record<string, string>>;
  /** Beyond this many states the search is cut short; 2,000,000 unless told. */
  readonly limit?: number;
}

/**
 * Returns in how many states one path holds an instance of the lock while another is about to take
 * the same instance, with the bounds; a search that was cut short says so.
 *
 * @throws Error if the scenario has no lock variable of that name, or none of its code is inside a path
 * @example
 * raceMatrix(measureRaces(abba, { lock: "a", paths: { task: "schedule", irq: "handler" } }))
 */
export function measureRaces(scenario: Scenario, question: RaceQuestion): RaceMatrix {
  const model = translate(scenario);
  const meetings = meetingsOf(model, question);
  const met = new Map<string, { meeting: number; steps: number }>();
  const { states, complete } = eachState(
    model,
    (state, depth) => {
      for (const key of meetings(state)) {
        const before = met.get(key);
        met.set(key, { meeting: (before?.meeting ?? 0) + 1, steps: before?.steps ?? depth });
      }
    },
    { maxStates: question.limit ?? 2_000_000 },
  );
  const paths = Object.keys(question.paths);
  const entries = paths.flatMap((a, i) =>
    paths.slice(i).map((b): RaceEntry => {
      const found = met.get(pair(a, b));
      return { a, b, meeting: found?.meeting ?? 0, steps: found?.steps ?? null };
    }),
  );
  const sizes = Object.entries(scenario.sizes).map(([set, n]) => `${n} ${set}s`);
  const extent = complete ? "all" : "cut short after";
  return {
    paths,
    entries,
    bounds: `${scenario.name}, ${sizes.join(", ")}, ${extent} ${grouped(states)} states`,
    complete,
    meaning:
      "Two paths race if one holds an instance of the lock while the other is at the point of taking that same instance.",
  };
}

const pair = (a: string, b: string): string => [a, b].sort().join(" | ");

/** Where a process is at one of its locations. */
interface Spot {
  readonly path: string;
  /** The lock that it is about to take there. */
  readonly wants: LockTarget | null;
}

/** Returns what tells the pairs of paths that meet in a state, each once. */
function meetingsOf(model: Model, question: RaceQuestion): (state: State) => Iterable<string> {
  const locks = model.slots.flatMap(({ variable, index }, slot) => {
    const id = index.length === 0 ? question.lock : `${question.lock}@${index.join(",")}`;
    return variable?.name === question.lock && variable.lock !== null ? [{ slot, id }] : [];
  });
  if (locks.length === 0) {
    throw new Error(`"${model.scenario.name}" has no lock variable named "${question.lock}"`);
  }
  const spots = model.processes.map(({ leaving }) => leaving.map((from) => spotOf(from, question)));
  for (const [path, inside] of Object.entries(question.paths)) {
    if (spots.flat().some((spot) => spot?.path === path)) continue;
    throw new Error(`path "${path}": nothing in "${model.scenario.name}" runs inside ${inside}()`);
  }
  const here = (process: Instance, number: number, state: State) => {
    const spot = spots[number]?.[state[process.slot] ?? 0];
    if (spot == null || !isOnCpu(process, state)) return [];
    const wants = spot.wants === null ? null : lockMapOf(spot.wants, state).id;
    const cpu = cpuOf(model, state, number);
    return [{ path: spot.path, wants, cpu, number, handler: process.kind !== "task" }];
  };
  return (state) => {
    const held = locks.filter(({ slot }) => (state[slot] ?? -1) >= 0);
    if (held.length === 0) return [];
    const owners = new Map(held.map(({ slot, id }) => [id, state[slot]]));
    const running = model.processes.flatMap((process, number) => here(process, number, state));
    return new Set(
      running.flatMap((one) => {
        const owner = one.wants === null ? undefined : owners.get(one.wants);
        const there = running.filter(
          (other) =>
            other.number !== one.number && other.cpu === owner && other.wants !== one.wants,
        );
        // Above an interrupted task stands the handler that has the lock, unless it wants it itself.
        const holder = there.find((other) => other.handler) ?? there[0];
        return holder === undefined ? [] : [pair(one.path, holder.path)];
      }),
    );
  };
}

function spotOf(leaving: readonly Transition[], question: RaceQuestion): Spot | null {
  const stack = leaving[0]?.stack ?? [];
  const inside = Object.entries(question.paths).find(([, name]) => stack.includes(name));
  if (inside === undefined) return null;
  const wants = leaving
    .flatMap(({ facts }) => facts)
    .flatMap(({ fact }) =>
      fact.kind === "acquire" && !fact.trylock && fact.lock.variable === question.lock
        ? [fact.lock]
        : [],
    );
  return { path: inside[0], wants: wants[0] ?? null };
}

function isOnCpu(process: Instance, state: State): boolean {
  return process.kind === "task"
    ? evaluate(process.hasCpu, state) !== 0
    : process.kind !== "device";
}
