/** Which processes could still do what another waits for, and which did it too early. */
import { evaluate } from "../model/evaluate.js";
import type { Instance, Model, State, Transition } from "../model/model.js";
import { assignmentsOf, slotsOf } from "../model/places.js";
import { step as takeStep } from "../model/step.js";
import type { Value } from "../model/value.js";
import type { ReplayStep } from "../run/replay.js";
import { valuesRead } from "./values-read.js";

/** Whether a condition would hold in a state if a step were taken there, wherever its process is. */
function makesTrue(model: Model, test: Value, state: State, transition: Transition): boolean {
  return evaluate(test, takeStep(model, state, transition).state) !== 0;
}

/** Whether a step writes any number that decides a condition. */
function writesInto(test: Value, state: State, { changes }: Transition): boolean {
  const read = new Set(valuesRead(test, state));
  return changes
    .flatMap(assignmentsOf)
    .some(({ to }) => slotsOf(to).some((slot) => read.has(slot)));
}

/**
 * Returns the steps that other processes can still come to and that would make a condition true: of each
 * process the first.
 *
 * @param process the one that waits, by number
 */
export function awaitedSteps(
  model: Model,
  state: State,
  test: Value,
  process: number,
): readonly Transition[] {
  const others = [...model.processes.entries()].filter(([number]) => number !== process);
  const still = others.map(([, other]) => {
    const coming = comingSteps(other, state);
    return coming.filter((step, at) => !dropsItsOwn(step, coming.slice(0, at)));
  });
  const surely = still.flatMap(
    (steps) => steps.find((step) => makesTrue(model, test, state, step)) ?? [],
  );
  if (surely.length > 0) return surely;
  return still.flatMap((steps) => steps.find((step) => writesInto(test, state, step)) ?? []);
}

/** Whether a step drops a lock that its process would take first: it helps no process that waits for that lock. */
function dropsItsOwn({ facts }: Transition, before: readonly Transition[]): boolean {
  const taken = before
    .flatMap((step) => step.facts)
    .flatMap(({ fact }) => (fact.kind === "locked" ? [fact.lock.variable] : []));
  return facts.some(({ fact }) => fact.kind === "unlocked" && taken.includes(fact.lock.variable));
}

/** The steps that a process may still take, the nearest first. */
function comingSteps({ leaving, slot }: Instance, state: State): readonly Transition[] {
  const places = new Set([state[slot] ?? 0]);
  const steps: Transition[] = [];
  for (const at of places) {
    for (const step of leaving[at] ?? []) {
      steps.push(step);
      places.add(step.to);
    }
  }
  return steps;
}

/**
 * Returns the last step with which another process went by what would make a condition true now: it did it too
 * early, or saw no need to. Null if there is none.
 */
export function missedStep(
  model: Model,
  steps: readonly ReplayStep[],
  state: State,
  test: Value,
  process: number,
): number | null {
  const read = new Set(valuesRead(test, state));
  /** What would be, had the process come to its step only now: with what it knew then. */
  const asKnown = (then: State): State =>
    state.map((value, slot) =>
      model.slots[slot]?.variable?.temporary === true && !read.has(slot)
        ? (then[slot] ?? value)
        : value,
    );
  const helps = (of: Instance, at: State): boolean => {
    const seen = asKnown(at);
    return comingSteps(of, at).some((step) => makesTrue(model, test, seen, step));
  };
  const found = steps.findLastIndex(({ transition, before, after }) => {
    const of = model.processes[transition.process];
    if (of === undefined || transition.process === process) return false;
    return helps(of, before) && !helps(of, after);
  });
  return found < 0 ? null : found;
}
