/** Expressions and effects of one process, with every name resolved to slots of the state. */
import type { CheckKind } from "../language/effect.js";
import type { Arithmetic, BinaryOp } from "../language/expr.js";

/** An element of the state whose place depends on the state: `base + index * stride`. */
export interface ElementRef {
  readonly op: "element";
  readonly base: number;
  /** The number of members of each dimension, and the expressions that choose one. */
  readonly sizes: readonly number[];
  readonly index: readonly Value[];
  readonly variable: string;
  /** Which of the dimensions are counted by plain numbers: beyond those, nothing is meant. */
  readonly numbered?: readonly number[];
}

/** An element of the state at a known place. */
export interface SlotRef {
  readonly op: "slot";
  readonly slot: number;
}

/** A value computed from a state. */
export type Value =
  | { readonly op: "const"; readonly value: number }
  | SlotRef
  | ElementRef
  | { readonly op: "not"; readonly of: Value }
  | { readonly op: "binary"; readonly by: BinaryOp; readonly left: Value; readonly right: Value }
  | { readonly op: "if"; readonly test: Value; readonly then: Value; readonly else: Value }
  /** How many of these processes are at one of these locations. */
  | { readonly op: "inside"; readonly where: readonly Whereabouts[] };

/** Some locations of a process, whose location is kept in a slot. */
export interface Whereabouts {
  readonly slot: number;
  readonly locations: readonly number[];
}

/** An effect of a step, in order. */
export type Change =
  | {
      readonly kind: "assign";
      readonly to: SlotRef | ElementRef;
      readonly value: Value;
      /** Whether no text says so: nobody will read what was there. */
      readonly forgets?: true;
    }
  | {
      readonly kind: "if";
      readonly test: Value;
      readonly then: readonly Change[];
      readonly else: readonly Change[];
    }
  | {
      readonly kind: "check";
      readonly violation: CheckKind;
      readonly test: Value;
      readonly message: string;
      /** True of a read beyond an array. */
      readonly outOfBounds?: true;
    };

/** The value of a constant. */
export const constant = (value: number): Value => ({ op: "const", value });

/** Returns `not of`, simplified. */
export function negate(of: Value): Value {
  if (of.op === "const") return constant(of.value === 0 ? 1 : 0);
  return of.op === "not" ? of.of : { op: "not", of };
}

/** Returns a binary expression, simplified where a side is constant. */
export function combine(by: BinaryOp, left: Value, right: Value): Value {
  if (left.op === "const" && right.op === "const") {
    return constant(apply(by, left.value, right.value));
  }
  if (by === "and" || by === "or") {
    const neutral = by === "and" ? 1 : 0;
    if (left.op === "const") return left.value === neutral ? right : left;
    if (right.op === "const") return right.value === neutral ? left : right;
  }
  return { op: "binary", by, left, right };
}

/** Returns the result of an operation on two values. */
export function apply(by: BinaryOp, left: number, right: number): number {
  switch (by) {
    case "==":
      return left === right ? 1 : 0;
    case "!=":
      return left !== right ? 1 : 0;
    case "<":
      return left < right ? 1 : 0;
    case "<=":
      return left <= right ? 1 : 0;
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "&":
    case "|":
    case "^":
    case "<<":
    case ">>":
      return compute(by, left, right);
    case "and":
      return left !== 0 && right !== 0 ? 1 : 0;
    case "or":
      return left !== 0 || right !== 0 ? 1 : 0;
  }
}

/** The result of an operation on numbers; a division by 0, which is a misuse, gives 0. */
function compute(by: Arithmetic, left: number, right: number): number {
  switch (by) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? 0 : Math.trunc(left / right) + 0;
    case "%":
      return right === 0 ? 0 : (left % right) + 0;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "<<":
      return left << right;
    case ">>":
      return left >> right;
  }
}
