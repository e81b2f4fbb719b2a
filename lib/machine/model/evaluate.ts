/** What an expression is worth in a state: the meaning that all other back ends must have too. */
import type { State } from "./model.js";
import { type ElementRef, type SlotRef, type Value, apply } from "./value.js";

/** What a read of an element at index `NONE` gives: the value that names nobody. */
export const NOWHERE = -1;

/** Returns the value of an expression in a state; truth is 1. */
export function evaluate(of: Value, state: State): number {
  switch (of.op) {
    case "const":
      return of.value;
    case "slot":
    case "element": {
      const slot = slotOf(of, state);
      return slot === null ? NOWHERE : (state[slot] ?? NOWHERE);
    }
    case "not":
      return evaluate(of.of, state) === 0 ? 1 : 0;
    case "binary":
      return apply(of.by, evaluate(of.left, state), evaluate(of.right, state));
    case "if":
      return evaluate(evaluate(of.test, state) === 0 ? of.else : of.then, state);
    case "inside":
      return of.where.filter(({ slot, locations }) => locations.includes(state[slot] ?? -1)).length;
  }
}

/** Returns the slot of an element in a state; null if an index is `NONE` or too large. */
export function slotOf(of: SlotRef | ElementRef, state: State): number | null {
  if (of.op === "slot") return of.slot;
  let at = 0;
  for (const [dimension, size] of of.sizes.entries()) {
    const index = of.index[dimension];
    const member = index === undefined ? 0 : evaluate(index, state);
    if (member < 0 || member >= size) return null;
    at = at * size + member;
  }
  return of.base + at;
}
