/** The variables as the text has them: what the model forgets, since nobody will read it, still stands there. */
import {
  type Change,
  type Model,
  type State,
  type Transition,
  printValue,
} from "../../machine/index.js";

/** Shown by the CPU itself, so not among the values. */
const machinery: ReadonlySet<string> = new Set([
  "irqs_enabled",
  "in_hardirq",
  "in_softirq",
  "bh_count",
  "preempt_count",
]);

/** Returns the variables that are no locks, by name, as printed: `on_rq[vcpu0]` is `1`. */
export const valuesOf = (
  model: Model,
  state: State,
): readonly (readonly [name: string, value: string])[] =>
  model.slots.flatMap((slot, i) =>
    slot.variable?.lock !== null ||
    slot.variable.temporary === true ||
    machinery.has(slot.variable.name)
      ? []
      : [[slot.name, printValue(model, i, state[i] ?? 0)] as const],
  );

/** Returns what follows the states of a schedule, step by step, and has each as the text does. */
export function shownStates(): (step: Transition, before: State, after: State) => State {
  const kept = new Map<number, number>();
  return ({ changes }, before, after) => {
    const [forgotten, written] = [new Set<number>(), new Set<number>()];
    for (const { slot, forgets } of assignedSlots(changes)) {
      (forgets ? forgotten : written).add(slot);
    }
    for (const slot of after.keys()) {
      const differs = before[slot] !== after[slot];
      if (differs && forgotten.has(slot) && !written.has(slot)) kept.set(slot, before[slot] ?? 0);
      else if (differs || written.has(slot)) kept.delete(slot);
    }
    return after.map((value, slot) => kept.get(slot) ?? value);
  };
}

/** The slots that changes assign by their number, whatever the state. */
const assignedSlots = (
  changes: readonly Change[],
): readonly { readonly slot: number; readonly forgets: boolean }[] =>
  changes.flatMap((change) =>
    change.kind === "assign" && change.to.op === "slot"
      ? [{ slot: change.to.slot, forgets: change.forgets === true }]
      : [],
  );
