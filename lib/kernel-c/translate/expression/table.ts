/** Operators that the machine has not, as tables of all values that their operands may have. */
import { type Expr, cond, expr, lt, set } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { Body } from "../context/context.js";
import { arithmetic } from "./constants.js";
import { fold } from "./fold.js";
import { type Range, rangeOf } from "./range.js";

/** Larger tables are no code that anybody waits for. */
const most = 1024;

const widthOf = ({ min, max }: Range): number => max - min + 1;

/**
 * Returns the result of an operator of C on two numbers, by the values that they may have; null if those are too many.
 */
export function tabled(
  body: Body,
  operator: string,
  left: Expr,
  right: Expr,
  where: Span,
): Expr | null {
  const [a, b] = [rangeOf(left), rangeOf(right)];
  if (widthOf(a) * widthOf(b) > most) return null;
  const [one, other] = [simple(body, left, a, where), simple(body, right, b, where)];
  const undefinedAt: [number, number][] = [];
  const made = table(one, a, (x) =>
    table(other, b, (y) => {
      const value = arithmetic(operator, x, y);
      if (value === null) undefinedAt.push([x, y]);
      return expr(value ?? 0);
    }),
  );
  const [first] = undefinedAt;
  if (first !== undefined) {
    const sample = `${String(first[0])} ${operator} ${String(first[1])}`;
    return body.refuse(where, `${sample} has no value in C: say the range of what it is made of`);
  }
  return made;
}

/** The value for each number of a range, found by halves. */
function table(of: Expr, { min, max }: Range, value: (at: number) => Expr): Expr {
  if (min === max || of.op === "const") return value(of.op === "const" ? of.value : min);
  const middle = Math.floor((min + max + 1) / 2);
  const below = table(of, { min, max: middle - 1 }, value);
  const above = table(of, { min: middle, max }, value);
  if (same(below, above)) return below;
  return cond(lt(of, middle), below, above);
}

const same = (a: Expr, b: Expr): boolean =>
  a === b || (a.op === "const" && b.op === "const" && a.value === b.value);

/** An operand that is asked often is kept. */
function simple(body: Body, of: Expr, { min, max }: Range, where: Span): Expr {
  if (of.op === "read" || of.op === "const" || body.inOneStep()) return fold(of);
  const kept = body.temporary({ kind: "int", min, max });
  body.emit(where, set(kept, of, "keep"));
  return kept;
}
