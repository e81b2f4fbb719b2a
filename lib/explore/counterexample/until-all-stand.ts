/**
 * A schedule to a deadlock gone on until all stand: a shortest counterexample ends where somebody is doomed,
 * and the reader wants to see everybody wait.
 */
import {
  type Model,
  type Scenario,
  type State,
  enabled,
  replay,
  takeStep,
  translate,
} from "../../machine/index.js";
import { standingFrom } from "../../machine/waits/index.js";
import { StuckFinder } from "../deadlock/stuck-from.js";

/** The most states that are followed of processes which can still move. */
const mostStates = 5000;
/** How often a further process may be found that is waited for and can still move. */
const mostRounds = 16;

/**
 * Returns a schedule with few further steps, after which every process stands that is stuck, and every one for which
 * these wait; as it is where nobody is stuck, or where somebody goes on forever.
 *
 * @param schedule transitions from the initial state, by `Transition.id`
 * @example
 * const { schedule } = explore(abba()).violations.deadlock;
 * untilAllStand(abba(), schedule).length // 2
 */
export function untilAllStand(scenario: Scenario, schedule: readonly number[]): readonly number[] {
  const model = translate(scenario);
  const { final, failedAt } = replay(model, schedule);
  if (failedAt !== null) return schedule;
  const { numbers = [] } = new StuckFinder(model).find(final) ?? {};
  return goOn(model, schedule, numbers);
}

/** Returns the same of a schedule after which it is known which processes are stuck, by number. */
export function goOn(
  model: Model,
  schedule: readonly number[],
  stuck: readonly number[],
): readonly number[] {
  let far = schedule;
  for (let round = 0; round < mostRounds; round++) {
    const trace = replay(model, far);
    const { moving } = standingFrom(trace, stuck);
    if (moving.length === 0) return far;
    const way = wayToRest(model, trace.final, new Set(moving));
    if (way === null || way.length === 0) return far;
    far = [...far, ...way];
  }
  return far;
}

/** The fewest steps of some processes after which none of them can move; null if that is not near. */
function wayToRest(model: Model, from: State, who: ReadonlySet<number>): readonly number[] | null {
  const queue: { readonly state: State; readonly way: readonly number[] }[] = [
    { state: from, way: [] },
  ];
  const seen = new Set([from.join()]);
  for (const { state, way } of queue) {
    const steps = enabled(model, state).filter(({ process }) => who.has(process));
    if (steps.length === 0) return way;
    for (const step of steps) {
      const next = takeStep(model, state, step).state;
      if (seen.size >= mostStates || seen.has(next.join())) continue;
      seen.add(next.join());
      queue.push({ state: next, way: [...way, step.id] });
    }
  }
  return null;
}
