/** Between which values an expression lies, and which variables are never none. */
import { type Model, type Slot, type Value, initialState } from "../../machine/index.js";
import { assignmentsOf } from "../../machine/model/places.js";
import type { ElementRef, SlotRef } from "../../machine/model/value.js";
import { type Range, rangeOfBinary } from "../../machine/model/value-range.js";

/** Where the numbers of a state lie, by slot. */
type RangeOfSlot = (slot: number) => Range;

/** Returns the range of a value, or one that holds it. */
export function rangeOf(of: Value, slots: RangeOfSlot): Range {
  switch (of.op) {
    case "const":
      return [of.value, of.value];
    case "slot":
      return slots(of.slot);
    case "element": {
      const [min, max] = slots(of.base);
      return mayBeNowhere(of, slots) ? [Math.min(min, -1), max] : [min, max];
    }
    case "not":
      return [0, 1];
    case "inside":
      return [0, of.where.length];
    case "if": {
      const [a, b] = [rangeOf(of.then, slots), rangeOf(of.else, slots)];
      return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
    }
    case "binary":
      return rangeOfBinary(of.by, rangeOf(of.left, slots), rangeOf(of.right, slots));
  }
}

/** Returns whether some index can be out of its dimension. */
export function mayBeNowhere(of: ElementRef, slots: RangeOfSlot): boolean {
  return of.index.some((i, at) => {
    const [min, max] = rangeOf(i, slots);
    return min < 0 || max >= (of.sizes[at] ?? 0);
  });
}

/** What is assigned where. */
interface Assignment {
  readonly to: SlotRef | ElementRef;
  readonly value: Value;
}

/**
 * Returns for each slot whether it could be none by its declaration, and never is: it begins as something, and only
 * what is something is assigned to it, as a task's CPU is. The largest such set: a variable that is assigned from
 * another in it rests on that one.
 */
export function neverNone(model: Model): readonly boolean[] {
  const begin = initialState(model);
  const candidates = new Set(model.slots.filter(canBeNone).map(({ variable }) => variable));
  for (const [at, { variable }] of model.slots.entries()) {
    if ((begin[at] ?? 0) < 0) candidates.delete(variable);
  }
  if (candidates.size === 0) return model.slots.map(() => false);
  const isOpen = (at: number): boolean => {
    const slot = model.slots[at];
    return slot !== undefined && candidates.has(slot.variable) && canBeNone(slot);
  };
  const ranges: RangeOfSlot = (at) => {
    const { min = 0, max = 0 } = model.slots[at] ?? {};
    return [isOpen(at) ? 0 : min, max];
  };
  const base = ({ to }: Assignment): number => (to.op === "slot" ? to.slot : to.base);
  const assignments = model.transitions
    .flatMap(({ changes }) => changes.flatMap(assignmentsOf))
    .filter((of) => isOpen(base(of)));
  for (let changed = true; changed;) {
    changed = false;
    for (const of of assignments) {
      if (!isOpen(base(of)) || rangeOf(of.value, ranges)[0] >= 0) continue;
      candidates.delete(model.slots[base(of)]?.variable ?? null);
      changed = true;
    }
  }
  return model.slots.map((_, at) => isOpen(at));
}

/** Whether a slot holds the number of a member, or none. */
const canBeNone = ({ variable, min }: Slot): boolean =>
  min === -1 && (variable?.domain.kind === "id" || variable?.domain.kind === "process");
