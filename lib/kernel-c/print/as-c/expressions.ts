/** Expressions of the machine as C, and what of them others can see. */
import { CPU, type Expr, type Variable, partsOf } from "../../../machine/index.js";
import type { Declarations } from "./declarations.js";
import type { Unsayable } from "./unsayable.js";

/** What expressions are written with. */
export interface Writing {
  readonly declarations: Declarations;
  readonly unsayable: Unsayable;
  /** Whether one process alone uses a variable, so that reading it is no step. */
  readonly isOwn: (of: Variable) => boolean;
}

/** Returns a place as C. */
export function placeInC(of: Expr & { readonly op: "read" }, with_: Writing): string {
  const name = with_.declarations.nameOf(of.variable);
  if (of.index.length === 0) return name;
  const index = of.index.map((part) => expressionInC(part, with_));
  if (of.variable.per.length === 1 && of.variable.per[0] === CPU) {
    const isPlain = of.index.every(({ op }) => op === "const" || op === "cpu" || op === "home");
    return isPlain
      ? `per_cpu(${name}, ${index.join()})`
      : `${name} ${with_.unsayable.note(`${of.variable.name} of a CPU that is found at run time`)}`;
  }
  return `${name}${index.map((part) => `[${part}]`).join("")}`;
}

const operators: Readonly<Record<string, string>> = { and: "&&", or: "||" };

/** Returns an expression as C. */
export function expressionInC(of: Expr, with_: Writing): string {
  const inner = (part: Expr): string => {
    const text = expressionInC(part, with_);
    return part.op === "binary" || part.op === "if" ? `(${text})` : text;
  };
  switch (of.op) {
    case "const":
      return String(of.value);
    case "read":
      return placeInC(of, with_);
    case "not":
      return `!${inner(of.of)}`;
    case "binary":
      return `${inner(of.left)} ${operators[of.by] ?? of.by} ${inner(of.right)}`;
    case "if":
      return `${inner(of.test)} ? ${inner(of.then)} : ${inner(of.else)}`;
    case "cpu":
    case "home":
      return "smp_processor_id()";
    case "bound":
    case "self":
    case "process":
    case "some":
    case "every":
    case "count":
    case "inside":
    case "ended":
      return `0 ${with_.unsayable.note(`${of.op}(), a question to the whole state`)}`;
  }
}

/** Returns how many reads of what others can see an expression makes. */
export function sharedReads(of: Expr, with_: Writing): number {
  const own = of.op === "read" && !with_.isOwn(of.variable) ? 1 : 0;
  return partsOf(of).reduce((sum, part) => sum + sharedReads(part, with_), own);
}
