/** Statements, from the parser's tree. */
import type { Node } from "web-tree-sitter";
import type { CStatement, Expression } from "./ast.js";
import type { Conditional } from "./conditional.js";
import { Declarations } from "./declarations.js";
import { Expressions } from "./expressions.js";
import { type Reader, childrenOf, unlessRefused } from "./reader.js";

/** Reads the bodies of functions. */
export class Statements {
  readonly expressions: Expressions;
  readonly declarations: Declarations;

  constructor(
    private readonly reader: Reader,
    private readonly conditional: Conditional,
  ) {
    this.expressions = new Expressions(reader, (node) => this.list(childrenOf(node)));
    this.declarations = new Declarations(reader, this.expressions, conditional);
  }

  /** What is refused is noted, and left out. */
  list(nodes: readonly Node[]): readonly CStatement[] {
    return nodes.flatMap((node) => unlessRefused(() => this.read(node)) ?? []);
  }

  private one(node: Node): CStatement {
    const all = unlessRefused(() => this.read(node)) ?? [];
    const [first, ...more] = all;
    if (first !== undefined && more.length === 0) return first;
    return { at: this.reader.span(node), kind: "block", body: all };
  }

  private read(node: Node): readonly CStatement[] {
    const { reader, expressions } = this;
    const at = reader.span(node);
    const expression = (name: string): Expression => expressions.read(reader.field(node, name));
    const optional = (name: string): Expression | null => {
      const found = node.childForFieldName(name);
      return found === null ? null : expressions.read(found);
    };
    switch (node.type) {
      case "compound_statement":
        return [{ at, kind: "block", body: this.list(childrenOf(node)) }];
      case "expression_statement": {
        const [of] = childrenOf(node);
        return of === undefined
          ? [{ at, kind: "empty" }]
          : [{ at, kind: "expression", of: expressions.read(of) }];
      }
      case "declaration":
        return [{ at, kind: "declare", declared: this.declarations.declared(node) }];
      case "if_statement": {
        const other = node.childForFieldName("alternative");
        const [otherwise] = other === null ? [] : childrenOf(other);
        return [
          {
            at,
            kind: "if",
            test: expression("condition"),
            then: this.one(reader.field(node, "consequence")),
            else: otherwise === undefined ? null : this.one(otherwise),
          },
        ];
      }
      case "while_statement": {
        const body = this.one(reader.field(node, "body"));
        const name = reader.rewritten.loops.get(at.start);
        const test = expression("condition");
        if (name === undefined) return [{ at, kind: "while", test, body }];
        const args = test.kind === "comma" ? test.parts : [test];
        return [{ at, kind: "loop", name, args, body }];
      }
      case "do_statement":
        return [
          {
            at,
            kind: "do",
            test: expression("condition"),
            body: this.one(reader.field(node, "body")),
          },
        ];
      case "for_statement": {
        const first = node.childForFieldName("initializer");
        return [
          {
            at,
            kind: "for",
            first: first === null ? [] : this.initial(first),
            test: optional("condition"),
            next: optional("update"),
            body: this.one(reader.field(node, "body")),
          },
        ];
      }
      case "switch_statement": {
        const arms = childrenOf(reader.field(node, "body"));
        return [
          {
            at,
            kind: "switch",
            of: expression("condition"),
            body: arms.flatMap((arm) => this.arm(arm)),
          },
        ];
      }
      case "case_statement":
        return this.arm(node);
      case "break_statement":
        return [{ at, kind: "break" }];
      case "continue_statement":
        return [{ at, kind: "continue" }];
      case "return_statement": {
        const [value] = childrenOf(node);
        return [
          { at, kind: "return", value: value === undefined ? null : expressions.read(value) },
        ];
      }
      case "goto_statement": {
        const label = reader.field(node, "label");
        return [{ at, kind: "goto", name: label.text, nameAt: reader.span(label) }];
      }
      case "labeled_statement": {
        const [label, ...rest] = childrenOf(node);
        if (label === undefined) return [];
        const nameAt = reader.span(label);
        return [{ at: nameAt, kind: "label", name: label.text, nameAt }, ...this.list(rest)];
      }
      case "preproc_ifdef":
      case "preproc_if":
        return this.list(this.conditional.branch(node));
      case "preproc_def":
      case "preproc_function_def":
      case "preproc_call":
        return reader.refuse(
          node,
          "a preprocessor line inside a function: move it out of the function",
        );
      case "ERROR":
        return [];
      case "type_definition":
      case "struct_specifier":
      case "enum_specifier":
      case "function_definition":
        return reader.refuse(node, "declared inside a function: move it to the top of the file");
      case "attributed_statement":
        // fallthrough; and the like.
        return this.list(childrenOf(node).filter(({ type }) => type !== "attribute_declaration"));
      default:
        return reader.refuse(node, `not a statement of the subset: ${reader.text(node)}`);
    }
  }

  /** What stands before the first `;` of a `for`. */
  private initial(node: Node): readonly CStatement[] {
    if (node.type === "declaration") return this.read(node);
    return [{ at: this.reader.span(node), kind: "expression", of: this.expressions.read(node) }];
  }

  private arm(node: Node): readonly CStatement[] {
    if (node.type !== "case_statement") return this.read(node);
    const value = node.childForFieldName("value");
    const body = childrenOf(node).filter(({ startIndex }) => startIndex !== value?.startIndex);
    return [
      {
        at: this.reader.span(node),
        kind: "case",
        value: value === null ? null : this.expressions.read(value),
      },
      ...this.list(body),
    ];
  }
}
