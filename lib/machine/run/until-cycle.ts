/**
 * A schedule to a deadlock gone on until the deadlock can be seen.
 *
 * A shortest counterexample ends where the deadlock has become inevitable; the picture wants the
 * moment at which each of the circle waits for the next.
 */
import { instanceId } from "../../primitives/lock.js";
import { CPU } from "../language/id-set.js";
import type { Scenario } from "../language/scenario.js";
import type { Model, State } from "../model/model.js";
import { enabled, step as takeStep } from "../model/step.js";
import { cpuOf, waiting } from "../model/whereabouts.js";
import { translate } from "../translate/translate.js";
import { replay } from "./replay.js";

/**
 * Returns the schedule with the fewest further steps after which CPUs wait for each other's locks,
 * or as it is if there is no such state near.
 *
 * @param most states looked at, at most; 5,000 unless told.
 */
export function untilClosed(
  scenario: Scenario,
  schedule: readonly number[],
  most = 5000,
): readonly number[] {
  const model = translate(scenario);
  const { final, failedAt } = replay(model, schedule);
  if (failedAt !== null) return schedule;
  const queue: { readonly state: State; readonly way: readonly number[] }[] = [
    { state: final, way: [] },
  ];
  const seen = new Set([final.join()]);
  for (const { state, way } of queue) {
    if (hasCircle(model, state)) return [...schedule, ...way];
    for (const transition of enabled(model, state)) {
      if (model.processes[transition.process]?.kind === "device") continue;
      const next = takeStep(model, state, transition).state;
      if (seen.size >= most || seen.has(next.join())) continue;
      seen.add(next.join());
      queue.push({ state: next, way: [...way, transition.id] });
    }
  }
  return schedule;
}

/** Whether some CPU waits for a lock whose holder waits, and so on, back to it. */
function hasCircle(model: Model, state: State): boolean {
  const owners = lockOwners(model, state);
  const next = new Map(
    waiting(model, state).flatMap(({ number, lock }) => {
      const cpu = cpuOf(model, state, number);
      const owner = lock === null ? undefined : owners.get(lock);
      return cpu === null || owner === undefined ? [] : [[cpu, owner] as const];
    }),
  );
  return [...next.keys()].some((start) => {
    let at = next.get(start);
    for (let hops = 0; hops < next.size && at !== undefined && at !== start; hops++)
      at = next.get(at);
    return at === start;
  });
}

/** The CPU that holds each lock, by the name that events have. */
function lockOwners(model: Model, state: State): ReadonlyMap<string, number> {
  return new Map(
    model.slots.flatMap(({ variable, index }, i) => {
      const owner = state[i] ?? -1;
      if (variable?.lock == null || owner < 0) return [];
      const { domain } = variable;
      const cpu = domain.kind === "id" && domain.set === CPU ? owner : cpuOf(model, state, owner);
      return cpu === null ? [] : [[instanceId(variable.name, index), cpu] as const];
    }),
  );
}
