/** Whether two values are the same, and which of two addresses comes first. */
import { type Expr, NONE, and, at, cond, eq, expr, or } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { Place } from "../../types/storage.js";
import type { Body } from "../context/context.js";
import { leadsTo } from "./place/choices.js";
import { cpuOf } from "./place/memory.js";
import { number } from "./value/number.js";
import { type Value, numberOf } from "../context/values.js";

export function equality(body: Body, left: Value, right: Value, where: Span): Expr {
  if (left.kind === "number" && right.kind === "number") {
    if (left.sort === "cpu" || right.sort === "cpu") {
      if (left.sort === "cpu" && right.sort === "number" && right.key === null) {
        return eq(number(body, left, where), right.expr);
      }
      if (right.sort === "cpu" && left.sort === "number" && left.key === null) {
        return eq(left.expr, number(body, right, where));
      }
      const outside = [left, right].some(
        ({ expr: of }) => of.op === "const" && of.value >= body.shared.cpus,
      );
      return outside ? expr(false) : eq(cpuOf(body, left, where), cpuOf(body, right, where));
    }
    return eq(left.expr, right.expr);
  }
  const isNull = (of: Value): boolean =>
    of.kind === "null" || (of.kind === "number" && of.expr.op === "const" && of.expr.value === 0);
  if (left.kind === "choice" && isNull(right)) return eq(left.expr, NONE);
  if (right.kind === "choice" && isNull(left)) return eq(right.expr, NONE);
  if (left.kind === "choice" && right.kind === "choice") {
    return or(
      and(eq(left.expr, NONE), eq(right.expr, NONE)),
      ...left.options.map(({ number: of, value }) =>
        and(eq(left.expr, of), leadsTo(body, right, value)),
      ),
    );
  }
  if (left.kind === "choice") return leadsTo(body, left, right);
  if (right.kind === "choice") return leadsTo(body, right, left);
  if (left.kind === "function" && right.kind === "function") return expr(left.name === right.name);
  if (left.kind === "function" || right.kind === "function") return expr(false);
  if (left.kind === "pointer" && right.kind === "pointer") return eq(left.expr, right.expr);
  if (left.kind === "pointer" && isNull(right)) return eq(left.expr, NONE);
  if (right.kind === "pointer" && isNull(left)) return eq(right.expr, NONE);
  if (left.kind === "pointer" && right.kind === "address") {
    return eq(left.expr, body.fitting(right, pointerElement(left), where));
  }
  if (right.kind === "pointer" && left.kind === "address") {
    return eq(right.expr, body.fitting(left, pointerElement(right), where));
  }
  if (left.kind === "address" && right.kind === "address") {
    const both = ordered(body, left.place, right.place);
    if (both !== null) return eq(both[0], both[1]);
    if (left.place.storage !== right.place.storage) return expr(false);
    return and(...left.place.index.map((i, k) => eq(i, right.place.index[k] ?? i)));
  }
  if (isNull(left) || isNull(right)) return expr(isNull(left) && isNull(right));
  return body.refuse(where, "these two cannot be compared");
}

/** An element of the kind of a pointer: what `fitting()` asks for. */
const pointerElement = ({ set: of }: Value & { readonly kind: "pointer" }) =>
  at({
    kind: "variable",
    name: of.name,
    domain: { kind: "id", set: of, none: true },
    per: [],
    init: NONE,
    lock: null,
  });

/**
 * Returns an address as a number in their order: things of a file come in the order of its text. Null of what is no
 * address of such a thing, or of one that changes.
 */
export function addressNumber(body: Body, of: Value): Expr | null {
  const { places } = body.shared;
  if (of.kind === "address") {
    const same = places.same(of.place);
    return same === null ? null : expr([...places.all.keys()].indexOf(same.text));
  }
  if (of.kind !== "choice") return null;
  return of.options.reduce<Expr | null>((rest, { number: which, value }) => {
    const own = addressNumber(body, value);
    return rest === null || own === null ? null : cond(eq(of.expr, which), own, rest);
  }, expr(NONE));
}

/** Returns two elements of one array or pool as numbers in order; null if they are of two. */
export function ordered(body: Body, left: Place, right: Place): readonly [Expr, Expr] | null {
  if (left.storage !== right.storage) return null;
  const [a] = left.index.slice(-1);
  const [b] = right.index.slice(-1);
  if (a === undefined || b === undefined) return null;
  const pool = [...body.shared.pools.values()].find(({ storage }) => storage === left.storage);
  if (pool === undefined) return [a, b];
  const size = body.shared.sizes.get(pool.set.name) ?? 0;
  return [numberOf(a, size), numberOf(b, size)];
}
