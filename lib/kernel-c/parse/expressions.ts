/** Expressions, from the parser's tree. */
import type { Node } from "web-tree-sitter";
import type { CStatement, Expression, UnaryOperator } from "./ast.js";
import { type Reader, childrenOf } from "./reader.js";

/** Converts the body of a statement expression; statements are read elsewhere. */
export type BlockReader = (node: Node) => readonly CStatement[];

/** Reads expressions. */
export class Expressions {
  constructor(
    private readonly reader: Reader,
    private readonly block: BlockReader,
  ) {}

  read(node: Node): Expression {
    const { reader } = this;
    const at = reader.span(node);
    const base = { at, text: reader.text(node) };
    const of = (name: string): Expression => this.read(reader.field(node, name));
    const operator = (): string => reader.field(node, "operator").text;
    const lacking = (message: string): Expression => ({ ...base, kind: "lacking", message });
    switch (node.type) {
      case "number_literal":
        return { ...base, kind: "number", value: this.number(node) };
      case "char_literal":
        return { ...base, kind: "number", value: node.text.charCodeAt(1) };
      case "string_literal":
      case "concatenated_string":
        return { ...base, kind: "string" };
      case "true":
        return { ...base, kind: "number", value: 1 };
      case "false":
        return { ...base, kind: "number", value: 0 };
      case "null":
        return { ...base, kind: "name", name: "NULL" };
      case "identifier":
      case "type_identifier":
      case "field_identifier":
        return { ...base, kind: "name", name: node.text };
      case "primitive_type":
      case "sized_type_specifier":
      case "struct_specifier":
      case "type_descriptor":
      case "macro_type_specifier":
        return { ...base, kind: "name", name: node.text.replace(/\s+/g, " ") };
      case "parenthesized_expression": {
        const [inner] = childrenOf(node);
        if (inner === undefined) return reader.refuse(node, "an expression is missing here");
        if (inner.type === "compound_statement") {
          return { ...base, kind: "block", body: this.block(inner) };
        }
        return this.read(inner);
      }
      case "unary_expression":
        return { ...base, kind: "unary", operator: unary(operator()), of: of("argument") };
      case "pointer_expression":
        return { ...base, kind: operator() === "&" ? "address" : "deref", of: of("argument") };
      case "binary_expression": {
        const by = operator();
        const array = by === "/" ? arrayCounted(node) : null;
        if (array !== null) {
          const args = [this.read(array)];
          return { ...base, kind: "call", name: "ARRAY_SIZE", nameAt: at, args };
        }
        const sides = { left: of("left"), right: of("right") };
        return by === "&&" || by === "||"
          ? { ...base, kind: "logical", operator: by, ...sides }
          : { ...base, kind: "binary", operator: by, ...sides };
      }
      case "conditional_expression": {
        const then = node.childForFieldName("consequence");
        return {
          ...base,
          kind: "conditional",
          test: of("condition"),
          then: then === null ? null : this.read(then),
          else: of("alternative"),
        };
      }
      case "assignment_expression":
        return {
          ...base,
          kind: "assign",
          operator: operator(),
          to: of("left"),
          value: of("right"),
        };
      case "update_expression": {
        const by = operator() === "--" ? "--" : "++";
        const prefix = node.child(0)?.type === by;
        return { ...base, kind: "update", operator: by, prefix, of: of("argument") };
      }
      case "call_expression": {
        const callee = reader.field(node, "function");
        if (isNamed(callee)) return { ...base, ...this.call(node) };
        const args = childrenOf(reader.field(node, "arguments")).map((arg) => this.read(arg));
        return { ...base, kind: "indirect", of: this.read(callee), args };
      }
      case "field_expression": {
        const arrow = operator() === "->";
        return { ...base, kind: "member", of: of("argument"), field: of("field").text, arrow };
      }
      case "subscript_expression":
        return { ...base, kind: "index", of: of("argument"), index: of("index") };
      case "cast_expression":
        return {
          ...base,
          kind: "cast",
          type: reader.text(reader.field(node, "type")),
          of: of("value"),
        };
      case "comma_expression":
        return { ...base, kind: "comma", parts: [...this.parts(node)] };
      case "compound_literal_expression":
        return lacking("a compound literal: declare a variable and use its name");
      case "sizeof_expression":
      case "alignof_expression":
      case "offsetof_expression":
        return lacking("sizes of types mean nothing here: write the number");
      case "generic_expression":
        return lacking("_Generic chooses by a type: call what it stands for");
      case "gnu_asm_expression":
        return reader.refuse(
          node,
          "assembler is no step that the lab knows: call the primitive that it stands for",
        );
      default:
        return reader.refuse(node, `not an expression of the subset: ${base.text}`);
    }
  }

  private call(node: Node): Expression & { readonly kind: "call" } {
    const { reader } = this;
    const callee = reader.field(node, "function");
    const list = reader.field(node, "arguments");
    const args = childrenOf(list).map((arg) => this.read(arg));
    const at = reader.span(node);
    const text = reader.text(node);
    if (callee.type === "identifier" || callee.type === "macro_type_specifier") {
      return { at, text, kind: "call", name: callee.text, nameAt: reader.span(callee), args };
    }
    // guard(mutex)(&lock): a call of what a call returns.
    if (callee.type === "call_expression") {
      const inner = this.call(callee);
      return { ...inner, at, text, args: [...inner.args, ...args] };
    }
    return reader.refuse(callee, "what is called here is no function");
  }

  private *parts(node: Node): Iterable<Expression> {
    for (const name of ["left", "right"]) {
      const part = this.reader.field(node, name);
      if (part.type === "comma_expression") yield* this.parts(part);
      else yield this.read(part);
    }
  }

  private number(node: Node): number {
    const digits = node.text.replace(/[uUlL]+$/, "").replace(/'/g, "");
    const value = /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits);
    if (Number.isSafeInteger(value)) return value;
    return this.reader.refuse(node, `${node.text} is no whole number`);
  }
}

/** Whether what is called is a name, or what a macro makes of one: `guard(mutex)(&lock)`. */
const isNamed = ({ type }: Node): boolean =>
  type === "identifier" || type === "macro_type_specifier" || type === "call_expression";

/** The array of `sizeof(a) / sizeof(a[0])`; null if it is something else. */
function arrayCounted(node: Node): Node | null {
  const [left, right] = ["left", "right"].map((name) => node.childForFieldName(name));
  if (left?.type !== "sizeof_expression" || right?.type !== "sizeof_expression") return null;
  const whole = childrenOf(left)[0];
  const element = childrenOf(right)[0]?.text.replace(/[\s()]/g, "");
  const name = whole?.text.replace(/[\s()]/g, "");
  return whole !== undefined && (element === `${name ?? ""}[0]` || element === `*${name ?? ""}`)
    ? whole
    : null;
}

function unary(operator: string): UnaryOperator {
  return operator === "-" || operator === "~" || operator === "+" ? operator : "!";
}
