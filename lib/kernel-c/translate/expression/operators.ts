/** Operators on two values. */
import {
  type Arithmetic,
  type Expr,
  NONE,
  add,
  and,
  eq,
  le,
  lt,
  ne,
  not,
  or,
  sub,
} from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { Body } from "../context/context.js";
import { addressNumber, equality, ordered } from "./compare.js";
import { arithmetic } from "./value/constants.js";
import { fold } from "./value/fold.js";
import { number } from "./value/number.js";
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
  }
  if (isAddress(left) && isAddress(right)) {
    const [a, b] = [addressNumber(body, left), addressNumber(body, right)];
    if (a !== null && b !== null) return binary(body, operator, computed(a), computed(b), where);
    return body.refuse(where, "no order is known of these two addresses");
  }
  const isNone = noneTest(operator, left, right);
  if (isNone !== null) return truthValue(isNone);
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
      return computed(calculated(operator, a, b));
    case "*":
    case "/":
    case "%":
    case "<<":
    case ">>":
      return computed(calculated(operator, a, b));
    default:
      return body.refuse(where, `${operator} is no operator of the subset`);
  }
}

const isAddress = ({ kind }: Value): boolean => kind === "address" || kind === "choice";

/**
 * Whether a CPU is none, as `cpu < 0` asks: no number of a CPU is needed to say so, and CPUs that are not counted with
 * can change names. Null of another question.
 */
function noneTest(operator: string, left: Value, right: Value): Expr | null {
  if (left.kind !== "number" || left.sort !== "cpu" || right.kind !== "number") return null;
  if (right.expr.op !== "const") return null;
  const asked = `${operator} ${String(right.expr.value)}`;
  if (asked === "< 0" || asked === "<= -1") return eq(left.expr, NONE);
  return asked === ">= 0" || asked === "> -1" ? ne(left.expr, NONE) : null;
}

const calculated = (by: Arithmetic, left: Expr, right: Expr): Expr =>
  fold({ op: "binary", by, left, right });

/** Returns whether a value is 0 or 1. */
export const isTruth = (of: Value): boolean =>
  of.kind === "number" &&
  (of.sort === "truth" || (of.expr.op === "const" && of.expr.value >> 1 === 0));
