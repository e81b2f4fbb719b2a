/** What a branch, a loop and a wait ask. */
import { type Expr, type Operand, operandOf } from "./expr.js";

/** Returns a condition; `false` itself is none that anybody means. */
export function condition(call: string, test: Operand): Expr {
  if (test !== false) return operandOf(call, test);
  throw new TypeError(
    `${call}: the condition is false, whatever happens; not(x) and eq(x, y) ask in each state, where !x of a variable is false`,
  );
}
