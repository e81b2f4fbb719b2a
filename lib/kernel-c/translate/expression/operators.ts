/** Operators on two values. */
import { type Expr, add, and, expr, le, lt, ne, not, or, sub } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { Body } from "../context/context.js";
import { equality, ordered } from "./compare.js";
import { arithmetic } from "./constants.js";
import { fold } from "./fold.js";
import { number } from "./number.js";
import { type Value, computed, literal, truthValue } from "../context/values.js";

/** Returns the result of an operator. */
export function binary(
  body: Body,
  operator: string,
  left: Value,
  right: Value,
  where: Span,
): Value {
  if (operator === "==" || operator === "!=") {
    const same = fold(equality(body, left, right, where));
    return truthValue(operator === "==" ? same : fold(not(same)));
  }
  if (left.kind === "address" && right.kind === "address") {
    const both = ordered(body, left.place, right.place);
    if (both !== null) return binary(body, operator, computed(both[0]), computed(both[1]), where);
    return body.refuse(where, "these two are not of one array, so that no order is known of them");
  }
  const a = number(body, left, where);
  const b = number(body, right, where);
  if (a.op === "const" && b.op === "const") {
    const value = arithmetic(operator, a.value, b.value);
    if (value !== null) return literal(value);
  }
  switch (operator) {
    case "+":
      return computed(fold(add(a, b)));
    case "-":
      return computed(fold(sub(a, b)));
    case "<":
      return truthValue(lt(a, b));
    case "<=":
      return truthValue(le(a, b));
    case ">":
      return truthValue(lt(b, a));
    case ">=":
      return truthValue(le(b, a));
    case "&":
    case "|":
    case "^":
      if (isTruth(left) && isTruth(right)) {
        if (operator === "^") return truthValue(ne(a, b));
        return truthValue(operator === "&" ? and(a, b) : or(a, b));
      }
      return body.refuse(
        where,
        `${operator} on numbers is not in the subset: use bool variables for single bits, or set_bit(), clear_bit() and test_bit()`,
      );
    case "*":
      return times(body, a, b, where);
    default:
      return body.refuse(
        where,
        `${operator} on values that change is not in the subset: + - and comparisons are`,
      );
  }
}

export const isTruth = (of: Value): boolean =>
  of.kind === "number" &&
  (of.sort === "truth" || (of.expr.op === "const" && of.expr.value >> 1 === 0));

/** A product with a small constant is a sum. */
function times(body: Body, a: Expr, b: Expr, where: Span): Value {
  const [factor, of] =
    a.op === "const" ? [a.value, b] : b.op === "const" ? [b.value, a] : [null, a];
  if (factor === null || factor < 0 || factor > 16) {
    return body.refuse(
      where,
      "a product of values that change is not in the subset; by a constant up to 16 it is",
    );
  }
  return computed(
    Array.from({ length: factor }, () => of).reduce<Expr>(
      (sum, one) => fold(add(sum, one)),
      expr(0),
    ),
  );
}
