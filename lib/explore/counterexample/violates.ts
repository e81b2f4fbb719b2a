/** Whether a schedule ends in a violation. */
import {
  type Model,
  type State,
  type Violation,
  evaluate,
  initialState,
  isEnabled,
  isQuiescent,
  takeStep,
} from "../../machine/index.js";
import type { Property } from "../result/result.js";
import { StuckFinder } from "../deadlock/stuck-from.js";

/**
 * Returns a test whether a schedule is possible and ends in a violation: a step that fails a check; a state
 * in which an invariant fails; one in which nothing but devices can move and a condition for that fails; or
 * one in which some process will never move again, though others may.
 */
export function showsProperty(
  model: Model,
  property: Property,
): (schedule: readonly number[]) => boolean {
  const finder = new StuckFinder(model);
  return (schedule) => {
    let state: State = initialState(model);
    let violations: readonly Violation[] = [];
    for (const id of schedule) {
      const transition = model.transitions[id];
      if (transition === undefined || !isEnabled(model, state, transition)) return false;
      ({ state, violations } = takeStep(model, state, transition));
    }
    return isShown(finder, property, state, violations);
  };
}

/** Returns whether a violation is one of what can still happen, and so is asked of the last state alone. */
export const isShownAtEnd = (property: Property): boolean =>
  property === "deadlock" || property === "livelock" || property === "lost-wakeup";

/**
 * Returns whether a property is violated where a schedule ends.
 *
 * @param violations the checks that the last step failed
 */
export function isShown(
  finder: StuckFinder,
  property: Property,
  state: State,
  violations: readonly Violation[],
): boolean {
  switch (property) {
    case "assert":
      return (
        violations.some(({ kind }) => kind === property) ||
        brokenIn(finder.model, "finally", state).length > 0
      );
    case "corruption":
    case "misuse":
      return violations.some(({ kind }) => kind === property);
    case "invariant":
    case "lost-wakeup":
      return brokenIn(finder.model, property, state).length > 0;
    case "deadlock":
    case "livelock":
      return finder.numbers(property, state).length > 0;
  }
}

/** Returns the names of the conditions that fail in a state: invariants, those of a state at rest, or at the end. */
export function brokenIn(
  model: Model,
  which: "invariant" | "lost-wakeup" | "finally",
  state: State,
): readonly string[] {
  if (which !== "invariant" && !isQuiescent(model, state)) return [];
  const of = { invariant: model.always, "lost-wakeup": model.quiescent, finally: model.finally };
  const conditions = of[which];
  return conditions.filter(({ holds }) => evaluate(holds, state) === 0).map(({ name }) => name);
}
