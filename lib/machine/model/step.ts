/** One step of the machine: `step(state, transition)` is pure. */
import { evaluate, slotOf } from "./evaluate.js";
import type { Model, State, Transition } from "./model.js";
import type { Change, ElementRef, SlotRef } from "./value.js";
import type { CheckKind } from "../language/effect.js";

/** A check that failed. */
export interface Violation {
  readonly kind: CheckKind;
  readonly message: string;
  /** True where a value was lost, being beyond its variable or its array: what follows need not be the program's. */
  readonly outOfBounds?: true;
}

/** Where a step leads. */
export interface Outcome {
  readonly state: State;
  readonly violations: readonly Violation[];
}

/** Returns whether a transition can be taken in a state. */
export function isEnabled(model: Model, state: State, transition: Transition): boolean {
  const process = model.processes[transition.process];
  if (process === undefined) return false;
  return state[process.slot] === transition.from && evaluate(transition.guard, state) !== 0;
}

/** Returns the transitions that can be taken in a state, in the order of the processes. */
export function enabled(model: Model, state: State): Transition[] {
  return model.processes.flatMap(({ slot, leaving }) =>
    (leaving[state[slot] ?? 0] ?? []).filter(({ guard }) => evaluate(guard, state) !== 0),
  );
}

/** Returns the state after a transition, and the checks that it failed; failed checks change nothing. */
export function step(model: Model, state: State, transition: Transition): Outcome {
  const next = [...state];
  const violations: Violation[] = [];
  const { at } = transition;
  const where = at === null ? "" : ` at ${at.file}:${String(at.line)}`;
  for (const change of transition.changes) apply(change, model, next, violations, where);
  const process = model.processes[transition.process];
  if (process !== undefined) next[process.slot] = transition.to;
  return { state: next, violations };
}

/** A process counts once, and once more where it takes again what it has. */
const tooMany =
  ": the lab counts no further. Code that takes it again and again has to drop it in between; the kernel's own counter has an end, too";

function apply(
  change: Change,
  model: Model,
  next: number[],
  violations: Violation[],
  where: string,
): void {
  switch (change.kind) {
    case "assign": {
      const slot = slotOf(change.to, next);
      const described = slot === null ? undefined : model.slots[slot];
      const value = evaluate(change.value, next);
      if (slot === null || described === undefined) {
        violations.push({ kind: "misuse", message: nowhere(change.to, next), outOfBounds: true });
      } else if (value < described.min || value > described.max) {
        const left = `${described.name} = ${value}`;
        const counts = described.variable?.countsProcesses === true ? tooMany : "";
        const message = `${left}, out of ${described.min}..${described.max}${where}${counts}`;
        violations.push({ kind: "misuse", message, outOfBounds: true });
      } else {
        next[slot] = value;
      }
      return;
    }
    case "if": {
      const taken = evaluate(change.test, next) === 0 ? change.else : change.then;
      for (const inner of taken) apply(inner, model, next, violations, where);
      return;
    }
    case "check":
      if (evaluate(change.test, next) === 0) {
        const { violation: kind, message, outOfBounds } = change;
        violations.push({ kind, message, ...(outOfBounds === true ? { outOfBounds } : {}) });
      }
  }
}

/** Returns what is assigned where there is no such element, with the elements that there are. */
function nowhere(to: SlotRef | ElementRef, state: State): string {
  if (to.op === "slot") return "no such element is assigned";
  const index = to.index.map((of) => evaluate(of, state));
  const printed = index.map((i) => `[${i < 0 ? "none" : String(i)}]`).join("");
  const wrong = index.findIndex((i, at) => i >= (to.sizes[at] ?? 0));
  const there = wrong < 0 ? "" : `; it has elements 0 to ${String((to.sizes[wrong] ?? 0) - 1)}`;
  return `${to.variable}${printed} is assigned${there}`;
}
