/** `#if` and `#ifdef`: which of the branches is compiled, as far as this file says. */
import type { Node } from "web-tree-sitter";
import type { CMacro } from "./ast.js";
import { type Reader, childrenOf } from "./reader.js";

/** Chooses branches by the macros that are defined before them. */
export class Conditional {
  constructor(
    private readonly reader: Reader,
    private readonly macros: ReadonlyMap<string, CMacro>,
  ) {}

  /** Returns what stands in the branch that is compiled. */
  branch(node: Node): readonly Node[] {
    const name = node.childForFieldName("name");
    const alternative = node.childForFieldName("alternative");
    const condition = node.childForFieldName("condition");
    const skip = new Set([name, alternative, condition].map((of) => of?.startIndex));
    const holds =
      name !== null
        ? this.macros.has(name.text) === (node.child(0)?.type === "#ifdef")
        : condition === null || this.value(condition) !== 0;
    if (holds) return childrenOf(node).filter(({ startIndex }) => !skip.has(startIndex));
    if (alternative === null) return [];
    if (alternative.type === "preproc_else") return childrenOf(alternative);
    if (alternative.type === "preproc_elif") return this.branch(alternative);
    return this.reader.refuse(alternative, "write #else, and #ifdef inside it");
  }

  /** What an expression is worth to the preprocessor: a name that nothing defines is 0. */
  private value(of: Node): number {
    const [first, second] = childrenOf(of);
    switch (of.type) {
      case "number_literal":
        return Number(of.text.replace(/[uUlL]+$/, ""));
      case "preproc_defined":
        return this.macros.has(first?.text ?? "") ? 1 : 0;
      case "identifier":
        return Number(this.macros.get(of.text)?.body.replace(/[uUlL]+$/, "") ?? 0);
      case "parenthesized_expression":
        if (first !== undefined) return this.value(first);
        break;
      case "unary_expression":
        if (first !== undefined && of.child(0)?.type === "!")
          return this.value(first) === 0 ? 1 : 0;
        break;
      case "binary_expression": {
        if (first === undefined || second === undefined) break;
        const made = compared(
          of.childForFieldName("operator")?.text ?? "",
          this.value(first),
          this.value(second),
        );
        if (made !== null) return made ? 1 : 0;
        break;
      }
    }
    const call = /^(?:IS_ENABLED|IS_BUILTIN|IS_MODULE|IS_REACHABLE)\s*\(\s*(\w+)\s*\)$/.exec(
      of.text,
    );
    if (call !== null) return this.macros.has(call[1] ?? "") ? 1 : 0;
    return this.reader.refuse(
      of,
      "#if knows numbers, defined(NAME) and IS_ENABLED(NAME) of what this file defines, with !, && and ||, and comparisons of them",
    );
  }
}

/** Returns what an operator says of two numbers; null of one that `#if` does not know here. */
function compared(operator: string, left: number, right: number): boolean | null {
  switch (operator) {
    case "&&":
      return left !== 0 && right !== 0;
    case "||":
      return left !== 0 || right !== 0;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return null;
  }
}
