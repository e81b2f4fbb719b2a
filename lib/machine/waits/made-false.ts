/**
 * Which steps of a schedule made a condition false that a process waits for: those that took the lock, went
 * into the section, or took the last of what is counted.
 */
import { evaluate, slotOf } from "../model/evaluate.js";
import { assignmentsOf } from "../model/places.js";
import type { State } from "../model/model.js";
import type { Value } from "../model/value.js";
import type { ReplayStep } from "../run/replay.js";
import { valuesRead } from "./values-read.js";

/**
 * Returns the positions of the steps that a condition is false for, in their order; none where it never held.
 * A step of the waiting process gives way to those that wrote what it computed the value from.
 *
 * @param test what does not hold
 * @param at where it does not hold: the last state, or one that the waiting process comes to by itself
 * @param process the one that waits, by number
 */
export function madeFalse(
  steps: readonly ReplayStep[],
  test: Value,
  at: State,
  process: number,
): readonly number[] {
  const slots = valuesRead(test, at);
  // What the others have done, seen from where the process is now: its own variables choose the elements.
  const holds = (state: State): boolean => {
    const seen = [...at];
    for (const slot of slots) seen[slot] = state[slot] ?? 0;
    return evaluate(test, seen) !== 0;
  };
  const flip = steps.findLastIndex(({ before, after }) => holds(before) && !holds(after));
  if (flip < 0) return [];
  const changed = slots.filter((slot) => differs(steps[flip], slot));
  const standing = changed.flatMap((slot) => standingSince(steps, flip, slot));
  const found = standing.length > 0 ? standing : [flip];
  const origins = found.flatMap((step) => {
    if (steps[step]?.transition.process !== process) return [step];
    const copied = copiedFrom(steps, step, new Set(changed));
    return copied.length > 0 ? copied : [step];
  });
  return sorted(origins);
}

const sorted = (steps: readonly number[]): readonly number[] =>
  [...new Set(steps)].sort((a, b) => a - b);

const differs = (step: ReplayStep | undefined, slot: number): boolean =>
  step !== undefined && step.before[slot] !== step.after[slot];

/** The steps since a first one that moved a number in its direction and were not taken back by their process. */
function standingSince(
  steps: readonly ReplayStep[],
  from: number,
  slot: number,
): readonly number[] {
  const moved = ({ before, after }: ReplayStep): number =>
    Math.sign((after[slot] ?? 0) - (before[slot] ?? 0));
  const [first] = steps.slice(from);
  const direction = first === undefined ? 0 : moved(first);
  let standing: readonly { readonly step: number; readonly by: number }[] = [];
  for (const [i, step] of steps.slice(from).entries()) {
    const sign = moved(step);
    if (sign === 0) continue;
    const by = step.transition.process;
    if (sign === direction) {
      standing = [...standing, { step: from + i, by }];
    } else {
      const own = standing.findLast((other) => other.by === by) ?? standing.at(-1);
      standing = standing.filter((other) => other !== own);
    }
  }
  return standing.map(({ step }) => step);
}

/** The last steps that wrote what a step computed the values of some numbers from. */
function copiedFrom(
  steps: readonly ReplayStep[],
  of: number,
  targets: ReadonlySet<number>,
): readonly number[] {
  const step = steps[of];
  if (step === undefined) return [];
  const read = step.transition.changes.flatMap(assignmentsOf).flatMap(({ to, value }) => {
    const slot = slotOf(to, step.before);
    return slot !== null && targets.has(slot) ? valuesRead(value, step.before) : [];
  });
  return [...new Set(read)].flatMap((slot) => {
    if (targets.has(slot)) return [];
    const writer = steps.slice(0, of).findLastIndex((one) => differs(one, slot));
    return writer < 0 ? [] : [writer];
  });
}
