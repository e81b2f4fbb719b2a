/** Expressions of the machine whose parts are constants. */
import { type Expr, expr } from "../../../../machine/index.js";

/** Returns an expression simplified where both its sides are known, or one is 0. */
export function fold(of: Expr): Expr {
  if (of.op === "not") {
    if (of.of.op === "const") return expr(of.of.value === 0);
    return of;
  }
  if (of.op !== "binary") return of;
  const { by, left, right } = of;
  if (by === "+" && left.op === "const" && left.value === 0) return right;
  if ((by === "+" || by === "-") && right.op === "const" && right.value === 0) return left;
  if (left.op !== "const" || right.op !== "const") return of;
  switch (by) {
    case "+":
      return expr(left.value + right.value);
    case "-":
      return expr(left.value - right.value);
    case "==":
      return expr(left.value === right.value);
    case "!=":
      return expr(left.value !== right.value);
    default:
      return of;
  }
}
