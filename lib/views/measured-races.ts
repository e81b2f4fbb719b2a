/** Which paths meet at one lock instance, counted over every state of a scenario. */
import {
  cpuOf,
  evaluate,
  lockMapOf,
  type Instance,
  type Model,
  type Scenario,
  type State,
  type Transition,
} from "../machine/index.js";
import type { RaceEntry, RaceMatrix } from "./race-matrix.js";
import { stateSpace } from "./state-space.js";
import { grouped } from "./text.js";

/** What to measure. */
export interface RaceQuestion {
  /** The lock variable whose instances count, such as `wakeup_vcpus_on_cpu_lock`. */
  readonly lock: string;
  /** The paths by name, each with a function that is on the stack while it is in question. */
  readonly paths: Readonly<Record<string, string>>;
  /** States looked at, at most; 200,000 unless told. */
  readonly limit?: number;
}

/**
 * Returns in how many states one path holds an instance of the lock while another is about to take
 * the same instance, with the bounds; a search that was cut short says so.
 *
 * @example
 * raceMatrix(measureRaces(abba, { lock: "a", paths: { task: "schedule", irq: "handler" } }))
 */
export function measureRaces(scenario: Scenario, question: RaceQuestion): RaceMatrix {
  const { model, states, complete } = stateSpace(scenario, question.limit ?? 200_000);
  const paths = Object.keys(question.paths);
  const met = new Map<string, { meeting: number; steps: number }>();
  for (const { state, depth } of states) {
    for (const key of meetings(model, state, question)) {
      const before = met.get(key);
      met.set(key, { meeting: (before?.meeting ?? 0) + 1, steps: before?.steps ?? depth });
    }
  }
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
    bounds: `${scenario.name}, ${sizes.join(", ")}, ${extent} ${grouped(states.length)} states`,
    meaning:
      "Two paths race if one holds an instance of the lock while the other is at the point of taking that same instance.",
  };
}

const pair = (a: string, b: string): string => [a, b].sort().join(" | ");

/** The pairs of paths that meet in a state, each once. */
function meetings(model: Model, state: State, question: RaceQuestion): ReadonlySet<string> {
  const owners = new Map(
    model.slots.flatMap(({ variable, index }, i) => {
      const owner = state[i] ?? -1;
      const id = index.length === 0 ? question.lock : `${question.lock}@${index.join(",")}`;
      return variable?.name === question.lock && owner >= 0 ? [[id, owner] as const] : [];
    }),
  );
  if (owners.size === 0) return new Set();
  const running = model.processes.flatMap((process, number) => {
    const leaving = process.leaving[state[process.slot] ?? 0] ?? [];
    const path = pathAt(leaving, question);
    return path === null || !isOnCpu(process, state)
      ? []
      : [
          {
            path,
            cpu: cpuOf(model, state, number),
            wants: wantedBy(leaving, state),
            number,
            handler: process.kind !== "task",
          },
        ];
  });
  return new Set(
    running.flatMap((one) => {
      const owner = one.wants === null ? undefined : owners.get(one.wants);
      const there = running.filter(
        (other) => other.number !== one.number && other.cpu === owner && other.wants !== one.wants,
      );
      // Above an interrupted task stands the handler that has the lock, unless it wants it itself.
      const holder = there.find((other) => other.handler) ?? there[0];
      return holder === undefined ? [] : [pair(one.path, holder.path)];
    }),
  );
}

function pathAt(leaving: readonly Transition[], question: RaceQuestion): string | null {
  const stack = leaving[0]?.stack ?? [];
  return Object.entries(question.paths).find(([, inside]) => stack.includes(inside))?.[0] ?? null;
}

function isOnCpu(process: Instance, state: State): boolean {
  return process.kind === "task"
    ? evaluate(process.hasCpu, state) !== 0
    : process.kind !== "device";
}

function wantedBy(leaving: readonly Transition[], state: State): string | null {
  for (const { fact } of leaving.flatMap((transition) => transition.facts)) {
    if (fact.kind === "acquire" && !fact.trylock) return lockMapOf(fact.lock, state).id;
  }
  return null;
}
