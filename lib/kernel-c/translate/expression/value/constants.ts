/** Expressions whose value is known when they are read. */
import type { CMacro, Expression, MacroBody, UnaryOperator, Unit } from "../../../parse/ast.js";

/** Where the values of names are looked up. */
export interface Constants {
  readonly unit: Unit;
  readonly macroBody: (macro: CMacro) => MacroBody | null;
  readonly named: (name: string) => number | undefined;
}

/** Macros within macros deeper than this are a circle. */
const mostDepth = 64;

/** Returns the value of an expression; null if it is known at run time only. */
export function constantOf(of: Expression, where: Constants, depth = 0): number | null {
  if (depth > mostDepth) return null;
  const inner = (part: Expression): number | null => constantOf(part, where, depth + 1);
  switch (of.kind) {
    case "number":
      return of.value;
    case "name":
      return nameValue(of.name, where, depth);
    case "unary": {
      const value = inner(of.of);
      return value === null ? null : negated(of.operator, value);
    }
    case "binary":
    case "logical": {
      const left = inner(of.left);
      const right = inner(of.right);
      return left === null || right === null ? null : arithmetic(of.operator, left, right);
    }
    case "conditional": {
      const test = inner(of.test);
      if (test === null) return null;
      return test === 0 ? inner(of.else) : of.then === null ? test : inner(of.then);
    }
    case "cast":
      return inner(of.of);
    case "call": {
      const [first] = of.args;
      if ((of.name === "BIT" || of.name === "BIT_ULL") && first !== undefined) {
        const bit = inner(first);
        return bit === null || bit < 0 || bit > 30 ? null : 2 ** bit;
      }
      return null;
    }
    default:
      return null;
  }
}

function negated(operator: UnaryOperator, value: number): number {
  switch (operator) {
    case "!":
      return value === 0 ? 1 : 0;
    case "-":
      return -value;
    case "~":
      return ~value;
    case "+":
      return value;
  }
}

/** Returns the result of an operator of C on whole numbers; null where there is none. */
export function arithmetic(operator: string, left: number, right: number): number | null {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? null : Math.trunc(left / right);
    case "%":
      return right === 0 ? null : left % right;
    case "<<":
      return right < 0 || right > 30 ? null : left * 2 ** right;
    case ">>":
      return right < 0 || right > 31 ? null : Math.floor(left / 2 ** right);
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "==":
      return left === right ? 1 : 0;
    case "!=":
      return left !== right ? 1 : 0;
    case "<":
      return left < right ? 1 : 0;
    case "<=":
      return left <= right ? 1 : 0;
    case ">":
      return left > right ? 1 : 0;
    case ">=":
      return left >= right ? 1 : 0;
    case "&&":
      return left !== 0 && right !== 0 ? 1 : 0;
    case "||":
      return left !== 0 || right !== 0 ? 1 : 0;
    default:
      return null;
  }
}

function nameValue(name: string, where: Constants, depth: number): number | null {
  const { unit, macroBody } = where;
  const macro = unit.macros.get(name);
  if (macro?.parameters === null) {
    if (macro.body.trim() === "") return null;
    const body = macroBody(macro);
    return body?.kind === "expression" ? constantOf(body.of, where, depth + 1) : null;
  }
  const enumerator = unit.enumerators.get(name);
  if (enumerator !== undefined) {
    if (enumerator.value !== null) return constantOf(enumerator.value, where, depth + 1);
    if (enumerator.after === null) return 0;
    const before = nameValue(enumerator.after, where, depth + 1);
    return before === null ? null : before + 1;
  }
  return where.named(name) ?? null;
}
