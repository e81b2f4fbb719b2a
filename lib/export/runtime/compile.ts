/**
 * Turns a cell of TypeScript into a JavaScript function of the notebook's scope.
 *
 * As under tslab, what a cell declares are real variables of its own, which later cells reach
 * through the notebook: hot loops run at full speed, and a name can be declared again at any time.
 */
import { decode } from "@jridgewell/sourcemap-codec";
import { parse, type ImportDeclaration, type Program } from "acorn";
import MagicString from "magic-string";
import { transform } from "sucrase";
import { allocationsIn } from "./allocations.js";
import { bindingsOf, type Bindings, type FreeName } from "./bindings.js";

/** A place in a cell, from line 1 and column 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A cell that can be run. */
export interface CompiledCell {
  /** An expression that evaluates to a function of the notebook's scope, and of what counts new objects. */
  readonly code: string;
  readonly awaits: boolean;
  readonly declares: readonly string[];
  /** Names that the cell takes from the notebook or from the global object. */
  readonly uses: readonly string[];
  /** Returns where in the cell a place of `code` comes from. */
  readonly placeOf: (generated: Place) => Place | undefined;
}

/** A cell that cannot be run, and where it is wrong. */
export class CellSyntaxError extends Error {
  override readonly name = "SyntaxError";
  constructor(
    message: string,
    readonly place: Place | undefined,
  ) {
    super(message);
  }
}

/** The parameter of the function that a cell becomes; see `Scope`. */
const notebook = "$notebook";
/** Its second parameter, called with every object that the cell makes. */
const made = "$made";

/** What is there for a cell to use. */
export interface Surroundings {
  readonly inNotebook: (name: string) => boolean;
  readonly isGlobal: (name: string) => boolean;
}

/**
 * Returns the cell compiled.
 *
 * @throws CellSyntaxError when it is no TypeScript, or uses a name that nothing declares.
 */
export function compileCell(source: string, around: Surroundings): CompiledCell {
  const stripped = stripTypes(source);
  const program = parseProgram(stripped.code, stripped.placeOf);
  const bindings = bindingsOf(program);
  for (const free of bindings.free) {
    if (around.inNotebook(free.name) || around.isGlobal(free.name) || free.typeOf) continue;
    throw new CellSyntaxError(
      `cannot find name '${free.name}': is it spelt right, and was the cell run that declares it?`,
      stripped.placeOf(placeAt(stripped.code, free.start)),
    );
  }
  const text = new MagicString(stripped.code);
  for (const declaration of bindings.imports) rewriteImport(text, declaration, stripped.code);
  for (const { start } of bindings.dynamicImports) {
    text.update(start, start + "import".length, `${notebook}.load`);
  }
  for (const free of bindings.free) {
    if (around.inNotebook(free.name)) rewriteFree(text, free);
  }
  rewriteLastExpression(text, program);
  for (const { start, end } of allocationsIn(program)) {
    text.appendLeft(start, `${made}(`);
    text.appendLeft(end, ")");
  }
  text.prepend(
    `(${bindings.awaits ? "async " : ""}function(${notebook},${made}){${declarations(bindings)}`,
  );
  text.append("\n})");
  const generated = lookup(decode(text.generateMap({ hires: true }).mappings));
  return {
    code: text.toString(),
    awaits: bindings.awaits,
    declares: [...bindings.declared],
    uses: [...new Set(bindings.free.map(({ name }) => name))],
    placeOf: (place) => {
      const inScript = generated(place);
      return inScript === undefined ? undefined : stripped.placeOf(inScript);
    },
  };
}

interface Stripped {
  readonly code: string;
  readonly placeOf: (place: Place) => Place | undefined;
}

function stripTypes(source: string): Stripped {
  try {
    const { code, sourceMap } = transform(source, {
      transforms: ["typescript"],
      disableESTransforms: true,
      keepUnusedImports: true,
      preserveDynamicImport: true,
      filePath: "cell.ts",
      sourceMapOptions: { compiledFilename: "cell.js" },
    });
    return { code, placeOf: lookup(decode(sourceMap?.mappings ?? "")) };
  } catch (error) {
    throw syntaxError(error, (line, column) => ({ line, column }));
  }
}

function parseProgram(code: string, placeOf: (place: Place) => Place | undefined): Program {
  try {
    return parse(code, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowAwaitOutsideFunction: true,
      preserveParens: true,
    });
  } catch (error) {
    // acorn counts columns from 0.
    throw syntaxError(error, (line, column) => placeOf({ line, column: column + 1 }));
  }
}

/** Both parsers end their messages with `(line:column)`. */
function syntaxError(
  error: unknown,
  placeOf: (line: number, column: number) => Place | undefined,
): Error {
  const text = error instanceof Error ? error.message : String(error);
  const found = /^(?:Error transforming cell\.ts: )?(.*?) \((\d+):(\d+)\)$/s.exec(text);
  const [, message, line, column] = found ?? [];
  return new CellSyntaxError(message ?? text, placeOf(Number(line ?? 1), Number(column ?? 1)));
}

/** Each variable with a way to read and to write it, so that other cells always see it as it is. */
function declarations({ declared }: Bindings): string {
  if (declared.size === 0) return "";
  const entries = [...declared].map((name) => `${name}:[()=>${name},$value=>{${name}=$value}]`);
  return `${notebook}.declare({${entries.join(",")}});`;
}

function rewriteImport(text: MagicString, declaration: ImportDeclaration, code: string): void {
  const namespace: string[] = [];
  const named: string[] = [];
  for (const specifier of declaration.specifiers) {
    if (specifier.type === "ImportNamespaceSpecifier") namespace.push(specifier.local.name);
    else if (specifier.type === "ImportDefaultSpecifier")
      named.push(`default:${specifier.local.name}`);
    else {
      const { imported, local } = specifier;
      const key = imported.type === "Identifier" ? imported.name : JSON.stringify(imported.value);
      named.push(key === local.name ? key : `${key}:${local.name}`);
    }
  }
  const module = `${notebook}.module(${JSON.stringify(declaration.source.value)})`;
  const statements = [
    ...namespace.map((name) => `const ${name}=${module};`),
    ...(named.length > 0 ? [`const {${named.join(",")}}=${module};`] : []),
    ...(declaration.specifiers.length === 0 ? [`${module};`] : []),
  ];
  const lines = code.slice(declaration.start, declaration.end).split("\n").length - 1;
  text.update(declaration.start, declaration.end, statements.join("") + "\n".repeat(lines));
}

function rewriteFree(text: MagicString, { name, start, end, shorthand }: FreeName): void {
  const read = `${notebook}.names.${name}`;
  text.update(start, end, shorthand ? `${name}:${read}` : read);
}

function rewriteLastExpression(text: MagicString, program: Program): void {
  const last = program.body.at(-1);
  if (last?.type !== "ExpressionStatement") return;
  // An object, for a promise that is the value must not be awaited.
  text.appendLeft(last.start, "return{value:(");
  text.appendRight(last.expression.end, ")}");
}

function placeAt(code: string, offset: number): Place {
  const before = code.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

type Mappings = ReturnType<typeof decode>;

/** Returns the function that finds the last mapping at or before a place. */
function lookup(mappings: Mappings): (place: Place) => Place | undefined {
  return ({ line, column }) => {
    const segments = mappings[line - 1] ?? [];
    const segment = segments.findLast(([from]) => from <= column - 1) ?? segments[0];
    if (segment === undefined || segment.length === 1) return undefined;
    const [, , originalLine, originalColumn] = segment;
    return { line: originalLine + 1, column: originalColumn + 1 };
  };
}
