/** Which numbers of a state decide what an expression is worth in it. */
import { evaluate, slotOf } from "../model/evaluate.js";
import type { State } from "../model/model.js";
import type { Value } from "../model/value.js";

/** Returns the slots whose numbers an expression is made of in a state, those that only choose an element left out. */
export function valuesRead(of: Value, state: State): readonly number[] {
  switch (of.op) {
    case "const":
      return [];
    case "slot":
    case "element": {
      const slot = slotOf(of, state);
      return slot === null ? [] : [slot];
    }
    case "not":
      return valuesRead(of.of, state);
    case "binary":
      return [...valuesRead(of.left, state), ...valuesRead(of.right, state)];
    case "if": {
      const taken = evaluate(of.test, state) === 0 ? of.else : of.then;
      return [...valuesRead(of.test, state), ...valuesRead(taken, state)];
    }
    case "inside":
      return of.where.map(({ slot }) => slot);
  }
}
