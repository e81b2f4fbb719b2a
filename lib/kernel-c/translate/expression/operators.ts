/** Operators on two values. */
import { type Expr, add, and, expr, le, lt, ne, not, or, sub } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { Body } from "../context/context.js";
import { equality, ordered } from "./compare.js";
import { arithmetic } from "./constants.js";
import { fold } from "./fold.js";
import { number } from "./number.js";
import { tabled } from "./table.js";
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
      learnMask(body, left, b);
      learnMask(body, right, a);
      return byTable(body, operator, a, b, where);
    case "*":
      return times(a, b) ?? byTable(body, operator, a, b, where);
    default:
      return byTable(body, operator, a, b, where);
  }
}

/** A word of flags without a range is as wide as the flags that are used with it. */
function learnMask(body: Body, word: Value, flags: Expr): void {
  if (word.kind !== "number" || word.key === null || flags.op !== "const") return;
  const bits = flags.value < 0 ? ~flags.value : flags.value;
  if (bits < 2 ** 12) body.shared.learned.mask(word.key, bits);
}

function byTable(body: Body, operator: string, a: Expr, b: Expr, where: Span): Value {
  const made = tabled(body, operator, a, b, where);
  if (made !== null) return computed(made);
  return body.refuse(
    where,
    `${operator} is looked up in a table of all values, and these are too many: say the range behind the declaration, as in int x; /* 0..15 */`,
  );
}

/** Returns whether a value is 0 or 1. */
export const isTruth = (of: Value): boolean =>
  of.kind === "number" &&
  (of.sort === "truth" || (of.expr.op === "const" && of.expr.value >> 1 === 0));

/** A product with a small constant is a sum; null if it is none. */
function times(a: Expr, b: Expr): Value | null {
  const [factor, of] =
    a.op === "const" ? [a.value, b] : b.op === "const" ? [b.value, a] : [null, a];
  if (factor === null || factor < 0 || factor > 16) return null;
  return computed(
    Array.from({ length: factor }, () => of).reduce<Expr>(
      (sum, one) => fold(add(sum, one)),
      expr(0),
    ),
  );
}
