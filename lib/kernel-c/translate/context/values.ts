/** What an expression is worth: a number, an address that is known, or a pointer that is known at run time. */
import {
  CPU,
  type Element,
  type Expr,
  type IdSet,
  NONE,
  cond,
  eq,
  expr,
  ne,
} from "../../../machine/index.js";
import type { Place } from "../../types/storage.js";

/** A value of the text. */
export type Value =
  | {
      readonly kind: "number";
      readonly expr: Expr;
      /** Whether it is 0 or 1 in any case; what an id of a CPU is; a literal is of any kind. */
      readonly sort: "number" | "truth" | "cpu" | "literal";
      /** The storage that it was read from, if that is all that it is. */
      readonly key: string | null;
    }
  | { readonly kind: "address"; readonly place: Place }
  /** An object of a pool, or none. */
  | { readonly kind: "pointer"; readonly tag: string; readonly set: IdSet; readonly expr: Expr }
  | { readonly kind: "null" }
  | { readonly kind: "function"; readonly name: string }
  /** One of several things by number, or none: which lock, which function is known at run time. */
  | { readonly kind: "choice"; readonly expr: Expr; readonly options: readonly Option[] }
  | { readonly kind: "void" };

/** What a pointer may lead to, with the number by which it is kept. */
export interface Option {
  readonly number: number;
  readonly value: Value & { readonly kind: "address" | "function" };
}

/** Returns a literal. */
export const literal = (value: number): Value => ({
  kind: "number",
  expr: expr(value),
  sort: "literal",
  key: null,
});

/** Returns a number that is computed. */
export const computed = (of: Expr): Value => ({
  kind: "number",
  expr: of,
  sort: "number",
  key: null,
});

/** Returns a truth value. */
export const truthValue = (of: Expr): Value =>
  of.op === "const" ? literal(of.value) : { kind: "number", expr: of, sort: "truth", key: null };

/**
 * Returns what an element holds.
 *
 * @param tag the structure that a pointer in it leads to, where others are in the same set
 */
export function held(element: Element, key: string | null, tag: string | null = null): Value {
  const { domain } = element.variable;
  switch (domain.kind) {
    case "bool":
      return { kind: "number", expr: element, sort: "truth", key };
    case "int":
    case "process":
      return { kind: "number", expr: element, sort: "number", key };
    case "id":
      if (domain.set === CPU) return { kind: "number", expr: element, sort: "cpu", key };
      return { kind: "pointer", tag: tag ?? domain.set.name, set: domain.set, expr: element };
  }
}

/** Returns the number of a member of a set, as arithmetic needs it: then its members are told apart. */
export function numberOf(member: Expr, size: number): Expr {
  if (member.op === "const") return member;
  let made: Expr = expr(NONE);
  for (let at = size - 1; at >= 0; at--) made = cond(eq(member, at), at, made);
  return made;
}

/** Returns the member of a set with a number; none, if there is no such member. */
export function memberOf(number: Expr, size: number): Expr {
  if (number.op === "const") return number;
  let made: Expr = expr(NONE);
  for (let at = size - 1; at >= 0; at--) made = cond(eq(number, at), at, made);
  return made;
}

/** Returns whether a value is other than 0. */
export function truthOf(value: Value, cpus: number): Expr | null {
  switch (value.kind) {
    case "number":
      if (value.expr.op === "const") return expr(value.expr.value !== 0);
      if (value.sort === "truth") return value.expr;
      if (value.sort === "cpu") return ne(numberOf(value.expr, cpus), 0);
      return ne(value.expr, 0);
    case "address":
    case "function":
      return expr(true);
    case "pointer":
    case "choice":
      return ne(value.expr, NONE);
    case "null":
      return expr(false);
    case "void":
      return null;
  }
}
