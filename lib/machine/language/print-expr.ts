/** Conditions in words: the label of a branch. */
import type { Expr } from "./expr.js";

/** Returns a condition as a reader would write it. */
export function printTest(of: Expr): string {
  return printExpr(of, false);
}

function printExpr(of: Expr, nested: boolean): string {
  switch (of.op) {
    case "const":
      return of.value === -1 ? "none" : String(of.value);
    case "read":
      return of.variable.name + of.index.map((i) => `[${printExpr(i, false)}]`).join("");
    case "not":
      return of.of.op === "not" ? printExpr(of.of.of, nested) : `!${printExpr(of.of, true)}`;
    case "binary": {
      const by = { and: "&&", or: "||" }[of.by as string] ?? of.by;
      const text = `${printExpr(of.left, true)} ${by} ${printExpr(of.right, true)}`;
      return nested ? `(${text})` : text;
    }
    case "if":
      return `(${printExpr(of.test, true)} ? ${printExpr(of.then, true)} : ${printExpr(of.else, true)})`;
    case "bound":
      return of.name.replace("this ", "");
    case "some":
    case "every":
    case "count":
      return `${of.op}(${of.name}: ${printExpr(of.body, false)})`;
    case "cpu":
    case "home":
      return "smp_processor_id()";
    case "self":
      return "current";
    case "process":
      return of.name;
    case "inside":
      return `inside(${of.section})`;
    case "ended":
      return `${of.process} has ended`;
  }
}
