/** Declarations of variables, members and parameters, from the parser's tree. */
import type { Node } from "web-tree-sitter";
import type { Declared, Expression, Initializer, InitializerItem, TypeName } from "./ast.js";
import type { Conditional } from "./conditional.js";
import type { Expressions } from "./expressions.js";
import { type Reader, childrenOf, unlessRefused } from "./reader.js";

/** A name with what its declarator says. */
interface Declarator {
  readonly name: Node;
  readonly pointers: number;
  readonly sizes: readonly (Expression | null)[];
  readonly init: Initializer | null;
  /** Whether it is a pointer to a function. */
  readonly isCode?: true;
}

const declarators: ReadonlySet<string> = new Set([
  "identifier",
  "field_identifier",
  "type_identifier",
  "init_declarator",
  "pointer_declarator",
  "array_declarator",
  "parenthesized_declarator",
  "function_declarator",
]);

/** What a type is called that is found out by the first value: `typeof(x) y = x`. */
export const deduced = "typeof()";

/** Reads declarations. */
export class Declarations {
  constructor(
    private readonly reader: Reader,
    private readonly expressions: Expressions,
    private readonly conditional: Conditional,
  ) {}

  /** The names that a declaration, a member or a parameter declares; prototypes declare none. */
  declared(node: Node): readonly Declared[] {
    const type = node.childForFieldName("type");
    if (type === null) return this.reader.refuse(node, "a type is missing here");
    const typeName = this.type(type);
    const remark = this.reader.source.remarkBehind(node.endIndex + this.reader.shift);
    const bits = node.namedChildren.find((child) => child.type === "bitfield_clause");
    const width = bits?.namedChildren[0]?.text;
    const note =
      remark ?? (width === undefined ? null : `/* 0..${String(2 ** Number(width) - 1)} */`);
    const words = node.children.map((child) => child.text);
    return this.declaratorsOf(node).flatMap((of): readonly Declared[] => {
      const found = unlessRefused(() => this.declarator(of));
      if (found === null) return [];
      const { name, pointers, sizes, init, isCode } = found;
      const at = this.reader.span(name);
      return [
        {
          at,
          name: name.text,
          type: isCode === true ? { ...typeName, name: "function", members: null } : typeName,
          pointers,
          sizes,
          init,
          remark: note,
          holds: this.reader.rewritten.holds.get(at.start) ?? null,
          perCpu: this.reader.rewritten.perCpu.has(at.start),
          isConst: words.includes("const"),
          isStatic: words.includes("static"),
        },
      ];
    });
  }

  /** The declarators of a declaration that declare no function. */
  declaratorsOf(node: Node): readonly Node[] {
    const type = node.childForFieldName("type");
    return childrenOf(node).filter(
      (child) =>
        child.startIndex !== type?.startIndex && declarators.has(child.type) && !isFunction(child),
    );
  }

  type(node: Node): TypeName {
    const { reader } = this;
    const at = reader.span(node);
    switch (node.type) {
      case "struct_specifier":
      case "union_specifier": {
        if (node.type === "union_specifier") {
          return reader.refuse(
            node,
            "unions are not in the subset: use a struct, whose members do not share their place, or keep the one member that this code uses",
          );
        }
        const name = node.childForFieldName("name");
        const body = node.childForFieldName("body");
        const members = body === null ? null : this.members(body);
        return { at, name: name === null ? "struct" : `struct ${name.text}`, members };
      }
      case "enum_specifier": {
        const name = node.childForFieldName("name");
        return { at, name: name === null ? "enum" : `enum ${name.text}`, members: null };
      }
      case "macro_type_specifier":
        if (/^(?:__)?typeof/.test(node.text)) return { at, name: deduced, members: null };
        return reader.refuse(node, `not a type of the subset: ${reader.text(node)}`);
      case "primitive_type":
      case "sized_type_specifier":
      case "type_identifier":
        if (node.text === "__auto_type") return { at, name: deduced, members: null };
        return { at, name: node.text.replace(/\s+/g, " ").trim(), members: null };
      default:
        return reader.refuse(node, `not a type of the subset: ${reader.text(node)}`);
    }
  }

  /** The members between the braces of a structure. */
  members(body: Node): readonly Declared[] {
    return childrenOf(body).flatMap((member) => unlessRefused(() => this.member(member)) ?? []);
  }

  private member(node: Node): readonly Declared[] {
    switch (node.type) {
      case "field_declaration":
        return this.declared(node);
      case "preproc_ifdef":
      case "preproc_if":
        return this.conditional
          .branch(node)
          .flatMap((inner) => unlessRefused(() => this.member(inner)) ?? []);
      default:
        return [];
    }
  }

  private declarator(node: Node): Declarator {
    const { reader } = this;
    switch (node.type) {
      case "identifier":
      case "field_identifier":
      case "type_identifier":
        return { name: node, pointers: 0, sizes: [], init: null };
      case "init_declarator": {
        const inner = this.declarator(reader.field(node, "declarator"));
        return { ...inner, init: this.initializer(reader.field(node, "value")) };
      }
      case "pointer_declarator": {
        const inner = this.declarator(reader.field(node, "declarator"));
        return { ...inner, pointers: inner.pointers + 1 };
      }
      case "array_declarator": {
        const inner = this.declarator(reader.field(node, "declarator"));
        const size = node.childForFieldName("size");
        const read = size === null ? null : this.expressions.read(size);
        return { ...inner, sizes: [...inner.sizes, read] };
      }
      case "parenthesized_declarator": {
        const [inner] = childrenOf(node);
        if (inner === undefined) return reader.refuse(node, "a name is missing here");
        return this.declarator(inner);
      }
      case "function_declarator": {
        const inner = this.declarator(reader.field(node, "declarator"));
        return { ...inner, pointers: Math.max(0, inner.pointers - 1), isCode: true };
      }
      default:
        return reader.refuse(node, `not a declaration of the subset: ${reader.text(node)}`);
    }
  }

  private initializer(node: Node): Initializer {
    const at = this.reader.span(node);
    if (node.type !== "initializer_list") {
      return { kind: "value", at, value: this.expressions.read(node) };
    }
    const items = childrenOf(node).map((item): InitializerItem => {
      if (item.type !== "initializer_pair") {
        return { field: null, index: null, last: null, value: this.initializer(item) };
      }
      const designator = item.childForFieldName("designator");
      const value = this.initializer(this.reader.field(item, "value"));
      const [inner, end] = designator === null ? [] : childrenOf(designator);
      if (designator?.type === "subscript_designator" && inner !== undefined) {
        return { field: null, index: this.expressions.read(inner), last: null, value };
      }
      if (designator?.type === "subscript_range_designator" && inner !== undefined) {
        const last = end === undefined ? null : this.expressions.read(end);
        return { field: null, index: this.expressions.read(inner), last, value };
      }
      return { field: inner?.text ?? designator?.text ?? null, index: null, last: null, value };
    });
    return { kind: "list", at, items };
  }
}

/** Whether a declarator is that of a function. */
export function isFunction(node: Node): boolean {
  if (node.type === "function_declarator") {
    return node.childForFieldName("declarator")?.type !== "parenthesized_declarator";
  }
  if (node.type !== "pointer_declarator") return false;
  const inner = node.childForFieldName("declarator");
  return inner !== null && isFunction(inner);
}
