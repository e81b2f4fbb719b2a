/** Texts of C that are changed at the nodes of their syntax trees: almost C, as somebody types it who errs. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

const require = createRequire(import.meta.url);
const read = (module: string): Uint8Array => readFileSync(require.resolve(module));

await Parser.init({ wasmBinary: read("web-tree-sitter/web-tree-sitter.wasm") });
const parser = new Parser();
parser.setLanguage(await Language.load(read("tree-sitter-c/tree-sitter-c.wasm")));

/** A node as it is changed. */
interface Part {
  readonly type: string;
  readonly isNamed: boolean;
  readonly from: number;
  readonly to: number;
  readonly parent: string;
}

/** What texts are made of, to put into others. */
export interface Pool {
  readonly expressions: readonly string[];
  readonly statements: readonly string[];
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly declarations: readonly string[];
}

/** Chooses: a number from 0 to below another. */
export type Pick = (below: number) => number;

const isExpression = (type: string): boolean => /_expression$|^identifier$|_literal$/.test(type);
const isStatement = (type: string): boolean => /_statement$|^declaration$/.test(type);
const isType = (type: string): boolean =>
  /^(?:type_identifier|primitive_type|struct_specifier|sized_type_specifier|enum_specifier)$/.test(
    type,
  );

/** Returns the nodes of a text. */
function partsOf(text: string): readonly Part[] {
  const tree = parser.parse(text);
  if (tree === null) throw new Error("no tree");
  const all: Part[] = [];
  const visit = (node: Node): void => {
    const { type, isNamed, startIndex: from, endIndex: to, parent } = node;
    all.push({ type, isNamed, from, to, parent: parent?.type ?? "" });
    node.children.forEach(visit);
  };
  visit(tree.rootNode);
  tree.delete();
  return all;
}

/** Returns what some texts are made of. */
export function poolOf(texts: readonly string[]): Pool {
  const all = texts.flatMap((text) =>
    partsOf(text).map((part) => ({ ...part, text: text.slice(part.from, part.to) })),
  );
  const texts_ = (is: (part: (typeof all)[number]) => boolean): readonly string[] =>
    all.filter(is).map(({ text }) => text);
  return {
    expressions: texts_(({ type }) => isExpression(type)),
    statements: texts_(({ type }) => isStatement(type)),
    types: [
      ...texts_(({ type, text }) => isType(type) && text.length < 40),
      ...["union foo { int a; }", "long long", "float", "void", "u64", "va_list", "typeof(x)"],
    ],
    names: texts_(({ type }) => type === "identifier"),
    declarations: texts_(
      ({ parent, isNamed, type }) => parent === "translation_unit" && isNamed && type !== "comment",
    ),
  };
}

const binary = "+ - * / % == != < > <= >= && || & | ^ << >> ,".split(" ");
const assignment = "= += -= *= /= |= &= ^= <<= >>= %=".split(" ");
const numbers = ["0", "1", "-1", "99999", "NULL", '"s"', "0x7fffffff", "1.5", "'c'", "true"];

/** Returns a text with one node changed, as a number says of each choice. */
export function mutated(text: string, pool: Pool, pick: Pick): string {
  const parts = partsOf(text);
  const of = <T>(all: readonly T[]): T => {
    const chosen = all[pick(all.length)];
    if (chosen === undefined) throw new RangeError("nothing to choose from");
    return chosen;
  };
  for (let tries = 0; tries < 20; tries++) {
    const part = of(parts);
    const changes = changesOf(part, text.slice(part.from, part.to), pool, of);
    if (changes.length > 0) return text.slice(0, part.from) + of(changes) + text.slice(part.to);
  }
  return text;
}

/** What may stand in the place of a node. */
function changesOf(
  { type, isNamed, parent }: Part,
  own: string,
  pool: Pool,
  of: <T>(all: readonly T[]) => T,
): readonly string[] {
  if (!isNamed) return changedToken(own, parent);
  if (parent === "translation_unit" && type !== "comment" && of([true, false, false])) {
    return ["", `${own}\n${own}`, of(pool.declarations), `${own}\n${of(pool.declarations)}`];
  }
  if (isExpression(type)) {
    return [of(pool.expressions), ...around(own, pool, of), "", of(numbers)];
  }
  if (isStatement(type) || type === "compound_statement") return statements(own, pool, of);
  if (isType(type)) return [of(pool.types)];
  switch (type) {
    case "field_identifier":
      return [of(pool.names)];
    case "argument_list": {
      const [one, other] = [of(pool.expressions), of(pool.expressions)];
      return ["()", "(0)", own.replace(/\)$/, ", 0)"), `(${own})`, `(${one}, ${other})`];
    }
    case "parameter_list":
      return ["()", "(int x)", "(void *p, ...)", "(void)", `(${of(pool.types)} *x, int y)`];
    case "comment": {
      const word = of(["0", "7", "65", "on", "all", "forever", "thread", "hardirq", "f", ""]);
      return own.includes("lab:") ? [own.replace(/(?<=lab: .*)\b\w+/, word)] : [];
    }
    case "initializer_list":
      return ["{ }", "{ 0 }", "{ 0, 0, 0, 0, 0 }", "{ .x = 1 }", "{ [1] = 2 }", "{ { 1 } }"];
    case "preproc_def":
    case "preproc_function_def":
      return ["", own + own, own.replace(/\)/, ", ...)"), `${own.trimEnd()} + ${of(pool.names)}\n`];
    default:
      return type.includes("declarator")
        ? [`*${own}`, `${own}[2]`, `${own}[]`, `(*${own})(void)`, `${own} : 1`, of(pool.names)]
        : [];
  }
}

function changedToken(own: string, parent: string): readonly string[] {
  if (binary.includes(own) && parent === "binary_expression") return binary;
  if (assignment.includes(own)) return assignment;
  if (own === "." || own === "->") return [own === "." ? "->" : "."];
  if (own === "++" || own === "--") return ["++", "--", "!", "~", ""];
  if (own === "*" || own === "&") return ["*", "&", "", "**", "!"];
  return own === "static" || own === "const" ? ["extern", "register", "volatile", ""] : [];
}

/** An expression with something around it. */
function around(own: string, pool: Pool, of: <T>(all: readonly T[]) => T): readonly string[] {
  const made = [
    ...["!", "-", "&", "*", "~", "--", "READ_ONCE", "(int)", "sizeof", "typeof"].map(
      (before) => `${before}(${own})`,
    ),
    ...["++", "[0]", "->next", ".x"].map((behind) => `(${own})${behind}`),
    `(${own}) ? (${own}) : 0`,
    `((${own}), 1)`,
    `({ ${own}; })`,
    `${of(pool.names)}(${own})`,
    `container_of(${own}, struct foo, bar)`,
    `per_cpu(${own}, 0)`,
    `this_cpu_ptr(${own})`,
    `atomic_read(${own})`,
    `xchg(&${own}, 1)`,
    `max(${own}, ${own})`,
  ];
  return made;
}

/** What may stand in the place of a statement. */
function statements(own: string, pool: Pool, of: <T>(all: readonly T[]) => T): readonly string[] {
  const [value, other] = [of(pool.expressions), of(pool.statements)];
  return [
    "",
    `${own} ${own}`,
    other,
    `{ ${own} }`,
    `if (${value}) ${own}`,
    `while (${value}) ${own}`,
    `for (;;) { ${own} break; }`,
    `do ${own} while (0);`,
    `switch (${value}) { case 0: ${own} default: ${other} }`,
    `l: ${own} goto l;`,
    `${other} ${own}`,
    `return ${value};`,
    `\n#ifdef X\n${own}\n#else\n${other}\n#endif\n`,
    `scoped_guard(${of(["mutex", "spinlock", "raw_spinlock", "rcu", "irqsave"])}, ${value}) ${own}`,
  ];
}
