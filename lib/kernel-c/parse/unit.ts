/** A file, from the parser's tree: structures, enumerators, macros, variables and functions. */
import type { Node } from "web-tree-sitter";
import type { CFunction, CMacro, CStruct, Declared, TypeName, Unit } from "./ast.js";
import { Conditional } from "./conditional.js";
import { isFunction } from "./declarations.js";
import type { KnownParts } from "./known-parts.js";
import { type Reader, childrenOf, unlessRefused } from "./reader.js";
import { Statements } from "./statements.js";

type Mutable<M> = M extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never;

/** Reads the top level of a file. */
export class UnitReader {
  private readonly structs: Mutable<Unit["structs"]> = new Map();
  private readonly typedefs: Mutable<Unit["typedefs"]> = new Map();
  private readonly enumerators: Mutable<Unit["enumerators"]> = new Map();
  private readonly enums: Mutable<Unit["enums"]> = new Map();
  private readonly macros: Mutable<Unit["macros"]> = new Map();
  private readonly variables: Declared[] = [];
  private readonly functions: Mutable<Unit["functions"]> = new Map();
  private readonly prototypes = new Set<string>();
  private readonly conditional: Conditional;
  private readonly statements: Statements;

  constructor(
    private readonly reader: Reader,
    private readonly known: KnownParts,
  ) {
    this.conditional = new Conditional(reader, this.macros);
    this.statements = new Statements(reader, this.conditional);
  }

  read(root: Node): Unit {
    this.all(childrenOf(root));
    const { source } = this.reader;
    return {
      file: source.file,
      text: source.text,
      structs: this.structs,
      typedefs: this.typedefs,
      enumerators: this.enumerators,
      enums: this.enums,
      macros: this.macros,
      variables: this.variables,
      functions: this.functions,
      prototypes: this.prototypes,
      comments: source.comments,
    };
  }

  private all(nodes: readonly Node[]): void {
    for (const node of nodes) {
      unlessRefused(() => {
        this.one(node);
      });
    }
  }

  private one(node: Node): void {
    const { reader } = this;
    switch (node.type) {
      case "preproc_include":
      case "preproc_call":
      case "ERROR":
      case ";":
        return;
      case "preproc_def":
      case "preproc_function_def":
        this.macro(node);
        return;
      case "preproc_ifdef":
      case "preproc_if":
        this.all(this.conditional.branch(node));
        return;
      case "declaration":
        this.declaration(node);
        return;
      case "struct_specifier":
      case "enum_specifier":
      case "union_specifier":
        this.noteType(node);
        return;
      case "type_definition": {
        const type = reader.field(node, "type");
        this.noteType(type);
        const named = this.statements.declarations.type(type);
        for (const of of node.childrenForFieldName("declarator")) {
          if (of.type === "type_identifier")
            this.typedefs.set(of.text, this.tagged(named, of.text));
          const code = of.type === "function_declarator" ? typeNameIn(of) : null;
          if (code !== null) {
            this.typedefs.set(code.text, {
              at: reader.span(code),
              name: "function",
              members: null,
            });
          }
        }
        return;
      }
      case "function_definition":
        this.function(node);
        return;
      case "expression_statement": {
        if (childrenOf(node).length === 0) return;
        const [call] = childrenOf(node);
        const name = call?.childForFieldName("function")?.text ?? reader.text(node);
        return reader.refuse(
          node,
          `${name} outside of a function declares nothing that the lab knows; what it stands for has to be written out`,
        );
      }
      default:
        return reader.refuse(node, `not a declaration of the subset: ${reader.text(node)}`);
    }
  }

  private macro(node: Node): void {
    const { reader } = this;
    const name = reader.field(node, "name");
    const value = node.childForFieldName("value");
    const parameters = node.childForFieldName("parameters");
    const at = reader.span(name);
    const bodyAt = value === null ? at : reader.span(value);
    const made: CMacro = {
      at,
      name: name.text,
      parameters: parameters === null ? null : childrenOf(parameters).map(({ text }) => text),
      isVariadic: parameters?.text.includes("...") === true,
      body: value === null ? "" : reader.rewritten.code.slice(bodyAt.start, bodyAt.end),
      bodyAt,
    };
    this.macros.set(made.name, made);
  }

  private declaration(node: Node): void {
    const { reader } = this;
    const type = reader.field(node, "type");
    this.noteType(type);
    for (const child of childrenOf(node)) {
      if (isFunction(child)) {
        const name = functionName(child);
        if (name !== null) this.prototypes.add(name.text);
      }
    }
    const { declarations } = this.statements;
    if (declarations.declaratorsOf(node).length === 0) return;
    if (node.children.some((child) => child.text === "extern")) return;
    const anonymous = type.childForFieldName("name") === null;
    for (const declared of declarations.declared(node)) {
      const tagged = anonymous ? this.tagged(declared.type, declared.name) : declared.type;
      this.variables.push({ ...declared, type: tagged });
    }
  }

  /** Notes a structure or an enum that is declared on the way. */
  private noteType(node: Node): void {
    if (node.type === "enum_specifier") {
      this.enumeration(node);
      return;
    }
    const body = node.childForFieldName("body");
    const name = node.childForFieldName("name");
    if (body === null || name === null) return;
    const type = this.statements.declarations.type(node);
    if (type.members === null) return;
    const tag = name.text;
    const made: CStruct = { at: type.at, tag, members: type.members };
    if (this.structs.has(tag)) this.reader.faults.add(type.at, `struct ${tag} is there twice`);
    this.structs.set(tag, made);
  }

  /** A structure without a tag gets one from what it is used for. */
  private tagged(type: TypeName, name: string): TypeName {
    if (type.name !== "struct" || type.members === null) return type;
    const tag = name;
    if (!this.structs.has(tag)) this.structs.set(tag, { at: type.at, tag, members: type.members });
    return { ...type, name: `struct ${tag}` };
  }

  private enumeration(node: Node): void {
    const body = node.childForFieldName("body");
    if (body === null) return;
    let after: string | null = null;
    const names: string[] = [];
    for (const one of childrenOf(body)) {
      if (one.type !== "enumerator") continue;
      const name = this.reader.field(one, "name");
      const value = one.childForFieldName("value");
      const read = value === null ? null : this.statements.expressions.read(value);
      this.enumerators.set(name.text, { at: this.reader.span(name), value: read, after });
      after = name.text;
      names.push(name.text);
    }
    const tag = node.childForFieldName("name");
    if (tag !== null) this.enums.set(tag.text, names);
  }

  private function(node: Node): void {
    const { reader } = this;
    this.noteType(reader.field(node, "type"));
    const { startIndex, endIndex } = node;
    const made = this.known.function(reader, startIndex, endIndex, () => this.functionOf(node));
    if (this.functions.has(made.name)) {
      reader.faults.add(made.at, `${made.name}() is there twice`);
    }
    this.functions.set(made.name, made);
  }

  private functionOf(node: Node): CFunction {
    const { reader } = this;
    const declarator = reader.field(node, "declarator");
    const type = reader.field(node, "type");
    const name = functionName(declarator);
    const list = functionParameters(declarator);
    if (name === null || list === null) {
      return reader.refuse(
        declarator,
        "this is no function that can be read; is a type or a ; missing before it?",
      );
    }
    const parameters = childrenOf(list).flatMap((parameter): readonly Declared[] => {
      if (parameter.type !== "parameter_declaration") {
        return reader.refuse(parameter, "parameters that are not named cannot be passed");
      }
      return this.statements.declarations.declared(parameter);
    });
    return {
      at: reader.span(name),
      name: name.text,
      returns: this.statements.declarations.type(type),
      returnsPointer: declarator.type === "pointer_declarator",
      parameters,
      body: this.statements.list(childrenOf(reader.field(node, "body"))),
    };
  }
}

/** The name that `typedef void (*name)(int)` declares; null if it is something else. */
function typeNameIn(node: Node): Node | null {
  return node.descendantsOfType("type_identifier")[0] ?? null;
}

function functionDeclarator(node: Node): Node | null {
  if (node.type === "function_declarator") return node;
  const inner = node.type === "pointer_declarator" ? node.childForFieldName("declarator") : null;
  return inner === null ? null : functionDeclarator(inner);
}

function functionName(node: Node): Node | null {
  const name = functionDeclarator(node)?.childForFieldName("declarator") ?? null;
  return name?.type === "identifier" ? name : null;
}

const functionParameters = (node: Node): Node | null =>
  functionDeclarator(node)?.childForFieldName("parameters") ?? null;
