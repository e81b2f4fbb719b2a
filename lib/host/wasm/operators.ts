/** The operators of generated code and its constants. */
import type { Expression } from "acorn";
import { op } from "./binary.js";
import { literal } from "./constants.js";
import { UnsupportedCode } from "./parser.js";

const binary: Readonly<Record<string, number>> = {
  "+": op.add,
  "-": op.sub,
  "*": op.mul,
  "&": op.and,
  "|": op.or,
  "^": op.xor,
  "<<": op.shl,
  ">>": op.shr_s,
  ">>>": op.shr_u,
  "===": op.eq,
  "!==": op.ne,
  "<": op.lt_s,
  ">": op.gt_s,
  "<=": op.le_s,
  ">=": op.ge_s,
};

/** Returns a sum without its constants, and those: they are part of the instruction that loads. */
export function splitSum(of: Expression): {
  readonly rest: Expression | null;
  readonly added: number;
} {
  const value = literal(of);
  if (value !== null) return { rest: null, added: value };
  if (of.type !== "BinaryExpression" || of.operator !== "+") return { rest: of, added: 0 };
  const { left, right } = of;
  const [first, second] = [
    left.type === "PrivateIdentifier" ? null : literal(left),
    literal(right),
  ];
  if (second !== null && left.type !== "PrivateIdentifier") {
    const { rest, added } = splitSum(left);
    return { rest, added: added + second };
  }
  if (first === null) return { rest: of, added: 0 };
  const { rest, added } = splitSum(right);
  return { rest, added: added + first };
}

/** Returns the number that a literal stands for. */
export function literalValue(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  throw new UnsupportedCode(String(value));
}

/** Returns the instruction of an operator on two numbers. */
export function instruction(operator: string): number {
  const code = binary[operator];
  if (code === undefined) throw new UnsupportedCode(operator);
  return code;
}
