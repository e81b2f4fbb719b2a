/** Between which numbers an expression lies, as far as its variables say. */
import { type Expr, rangeOfBinary } from "../../../../machine/index.js";

/** The least and the greatest of some numbers. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

const all: Range = { min: -(2 ** 31), max: 2 ** 31 - 1 };
const truth: Range = { min: 0, max: 1 };

/** Returns the range of an expression. */
export function rangeOf(of: Expr): Range {
  switch (of.op) {
    case "const":
      return { min: of.value, max: of.value };
    case "read": {
      const { domain } = of.variable;
      if (domain.kind === "int") return domain;
      return domain.kind === "bool" ? truth : all;
    }
    case "not":
    case "some":
    case "every":
    case "ended":
      return truth;
    case "binary": {
      const [a, b] = [rangeOf(of.left), rangeOf(of.right)];
      const [min, max] = rangeOfBinary(of.by, [a.min, a.max], [b.min, b.max]);
      return { min, max };
    }
    case "if": {
      const [a, b] = [rangeOf(of.then), rangeOf(of.else)];
      return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
    }
    case "bound":
    case "count":
    case "cpu":
    case "home":
    case "self":
    case "process":
    case "inside":
      return all;
  }
}
