/** Between which values the result of an operation lies, from where those that it is made of lie. */
import type { BinaryOp } from "../language/expr.js";

/** The least and the greatest value that something can have. */
export type Range = readonly [least: number, most: number];

const most32 = 2 ** 31 - 1;
const all: Range = [-most32 - 1, most32];

/** Returns the range of an operation's result, or one that holds it. */
export function rangeOfBinary(by: BinaryOp, left: Range, right: Range): Range {
  switch (by) {
    case "==":
    case "!=":
    case "<":
    case "<=":
    case "and":
    case "or":
      return [0, 1];
    case "+":
      return [left[0] + right[0], left[1] + right[1]];
    case "-":
      return [left[0] - right[1], left[1] - right[0]];
    case "*":
      return corners(left, right, (a, b) => a * b);
    case "/": {
      const largest = Math.max(Math.abs(left[0]), Math.abs(left[1]));
      return [left[0] < 0 || right[0] < 0 ? -largest : 0, largest];
    }
    case "%": {
      const below = Math.max(Math.abs(right[0]), Math.abs(right[1]), 1) - 1;
      return [left[0] < 0 ? -below : 0, left[1] > 0 ? Math.min(below, left[1]) : 0];
    }
    case "&":
      if (left[0] >= 0 && right[0] >= 0) return [0, Math.min(left[1], right[1])];
      if (left[0] >= 0) return [0, left[1]];
      return right[0] >= 0 ? [0, right[1]] : all;
    case "|":
    case "^":
      return left[0] >= 0 && right[0] >= 0 ? [0, withAllBits(Math.max(left[1], right[1]))] : all;
    case "<<": {
      const shifted = corners(left, right, (a, b) => a * 2 ** b);
      return right[0] < 0 || right[1] > 31 || shifted[0] < all[0] || shifted[1] > all[1]
        ? all
        : shifted;
    }
    case ">>":
      return right[0] < 0 || right[1] > 31 ? all : corners(left, right, (a, b) => a >> b);
  }
}

function corners(left: Range, right: Range, of: (a: number, b: number) => number): Range {
  const values = left.flatMap((a) => right.map((b) => of(a, b)));
  return [Math.min(...values), Math.max(...values)];
}

/** The number that has all bits up to the highest one of `of`. */
const withAllBits = (of: number): number => 2 ** (32 - Math.clz32(of)) - 1;
