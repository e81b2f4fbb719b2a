/** A counterexample made as short as leaving steps out can make it. */
import {
  type Model,
  type State,
  evaluate,
  initialState,
  isEnabled,
  isQuiescent,
  takeStep,
  waiting,
} from "../machine/index.js";
import type { Property } from "./result.js";

/** Longer runs of steps than this are tried by halves only. */
const longestRun = 40;

/**
 * Returns a schedule from which no run of up to 40 steps can be left out: a fixed point.
 *
 * @param violates whether a schedule still shows what it should; see `showsProperty`
 */
export function shrink(
  schedule: readonly number[],
  violates: (schedule: readonly number[]) => boolean,
): readonly number[] {
  let best = schedule;
  let length = best.length - 1;
  while (length >= 1) {
    const shorter = withoutSome(best, length, violates);
    if (shorter !== null) {
      best = shorter;
      length = best.length - 1;
    } else {
      length = length > longestRun ? Math.max(longestRun, length >> 1) : length - 1;
    }
  }
  return best;
}

function withoutSome(
  schedule: readonly number[],
  length: number,
  violates: (schedule: readonly number[]) => boolean,
): readonly number[] | null {
  for (let at = 0; at + length <= schedule.length; at++) {
    const shorter = [...schedule.slice(0, at), ...schedule.slice(at + length)];
    if (violates(shorter)) return shorter;
  }
  return null;
}

/**
 * Returns a test whether a schedule is possible and ends in a violation: a step that fails a check, or
 * a state in which all but devices are at rest and some wait outside of their ends, or a predicate fails.
 */
export function showsProperty(
  model: Model,
  property: Property,
): (schedule: readonly number[]) => boolean {
  return (schedule) => {
    let state: State = initialState(model);
    let failed = false;
    for (const id of schedule) {
      const transition = model.transitions[id];
      if (transition === undefined || !isEnabled(model, state, transition)) return false;
      const outcome = takeStep(model, state, transition);
      failed = outcome.violations.some(({ kind }) => kind === property);
      ({ state } = outcome);
    }
    switch (property) {
      case "assert":
      case "corruption":
      case "misuse":
        return failed;
      case "invariant":
        return model.always.some(({ holds }) => evaluate(holds, state) === 0);
      case "lost-wakeup":
        return (
          isQuiescent(model, state) && model.quiescent.some((q) => evaluate(q.holds, state) === 0)
        );
      case "deadlock":
        return isQuiescent(model, state) && waiting(model, state).length > 0;
    }
  };
}
