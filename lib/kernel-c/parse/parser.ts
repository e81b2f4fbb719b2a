/** Reads C with tree-sitter: a file into a tree of our own, and bodies of macros when they are used. */
import { Language, type Node, Parser } from "web-tree-sitter";
import type { Faults } from "../errors/index.js";
import type { CMacro, MacroBody, Unit } from "./ast.js";
import { Conditional } from "./conditional.js";
import { type MacroNames, type Rewritten, rewriteKnownMacros } from "./known-macros.js";
import { KnownParts } from "./known-parts.js";
import { KnownTexts } from "./known-texts.js";
import { Reader, childrenOf, unlessRefused } from "./reader.js";
import { Source } from "./source.js";
import { Statements } from "./statements.js";
import { syntaxFaults } from "./syntax-faults.js";
import { Trees } from "./trees.js";
import { UnitReader } from "./unit.js";

/** Longer texts are refused: they are no paths of the kernel, but a file that was taken by mistake. */
const mostText = 500_000;

/** The two WebAssembly modules that reading C takes. */
export interface ParserModules {
  /** `web-tree-sitter.wasm` of the package web-tree-sitter. */
  readonly runtime: Uint8Array;
  /** `tree-sitter-c.wasm` of the package tree-sitter-c. */
  readonly grammar: Uint8Array;
}

/** A file that was read, and the bodies of its macros. */
export interface Parsed {
  readonly unit: Unit;
  readonly macroBody: (macro: CMacro) => MacroBody | null;
  /** Whether all that was refused stands in bodies of functions, so that the rest can be judged without it. */
  readonly isJudgeable: boolean;
}

/** Reads files of C. */
export interface CParser {
  /** Returns what stands in a file; what is wrong with it is added to the faults. */
  readonly parse: (source: Source, names: MacroNames, faults: Faults) => Parsed;
}

/**
 * Returns a parser, once its WebAssembly is there.
 *
 * @throws Error if the modules are not what they should be
 */
export async function loadParser(modules: ParserModules): Promise<CParser> {
  await Parser.init({ wasmBinary: modules.runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(modules.grammar));
  const trees = new Trees(parser);
  const known = new KnownTexts<Read>();
  let parts: KnownParts | null = null;
  return {
    parse: (source, names, faults) => {
      if (parts?.names !== names) parts = new KnownParts(names);
      const read = known.of(source, names) ?? readText(source, names, faults, trees, parts);
      if (faults.none) known.keep(source, names, read);
      return parsed(read, source, faults, trees, parts);
    },
  };
}

/** What is read of a text, the same for every reader. */
interface Read extends Pick<Parsed, "unit" | "isJudgeable"> {
  readonly rewritten: Rewritten;
  readonly bodies: Map<CMacro, MacroBody>;
}

function readText(
  given: Source,
  names: MacroNames,
  faults: Faults,
  trees: Trees,
  known: KnownParts,
): Read {
  const { length } = given.text;
  const source = length > mostText ? new Source(given.file, "") : given;
  if (length > mostText) {
    faults.add(source.span(0, 1), `${String(length)} characters are no paths to be explored`);
  }
  const rewritten = rewriteKnownMacros(source.text, names);
  const reader = new Reader(source, rewritten, faults);
  const { unit, isRead } = trees.rootOf(rewritten.code, (root) => {
    syntaxFaults(root, reader);
    return { isRead: faults.none, unit: new UnitReader(reader, known).read(root) };
  });
  const isJudgeable = isRead && faults.all.every(({ at }) => isInBody(rewritten.code, at.start));
  return { unit, isJudgeable, rewritten, bodies: new Map() };
}

/** Returns what was read, for a reader with faults of its own: each is told of a macro that is not an expression. */
function parsed(
  { unit, isJudgeable, rewritten, bodies }: Read,
  source: Source,
  faults: Faults,
  trees: Trees,
  parts: KnownParts,
): Parsed {
  const reader = new Reader(source, rewritten, faults);
  const refused = new Set<CMacro>();
  return {
    unit,
    isJudgeable,
    macroBody: (macro) => {
      const known = bodies.get(macro);
      if (known !== undefined || refused.has(macro)) return known ?? null;
      const made = parts.body(reader, macro, () => macroBody(macro, reader, unit.macros, trees));
      if (made === null) refused.add(macro);
      else bodies.set(macro, made);
      return made;
    },
  };
}

/** Whether an offset is inside of a function: the outermost brace around it stands behind a parenthesis. */
function isInBody(code: string, offset: number): boolean {
  const open: boolean[] = [];
  let last = "";
  for (let at = 0; at < offset; at++) {
    const c = code[at] ?? "";
    if (c === "{") open.push(last === ")");
    else if (c === "}") open.pop();
    if (c.trim() !== "") last = c;
  }
  return open[0] === true;
}

/** The body of a macro as an expression, or else as statements; null, and a fault, if it is neither. */
function macroBody(
  macro: CMacro,
  reader: Reader,
  macros: Unit["macros"],
  trees: Trees,
): MacroBody | null {
  const body = macro.body.replace(/\\\r?\n/g, (join) => " ".repeat(join.length));
  const inside = <T>(
    before: string,
    after: string,
    use: (nodes: readonly Node[], of: Reader) => T,
  ) =>
    trees.rootOf(before + body + after, (root) => {
      const shift = macro.bodyAt.start - before.length;
      const block = root.descendantsOfType("compound_statement")[0];
      const whole = !root.hasError && block !== undefined;
      return whole ? use(childrenOf(block), reader.shifted(shift)) : null;
    });
  const statementsOf = (of: Reader) => new Statements(of, new Conditional(of, macros));
  // The parser takes a keyword before parentheses for a call.
  const isStatement = /^\s*(?:while|for|if|switch|do)\b/.test(body);
  const asExpression = inside("void f(void) { (", "); }", ([statement], of) => {
    if (isStatement) return null;
    const value = statement === undefined ? undefined : childrenOf(statement)[0];
    if (value === undefined) return null;
    return unlessRefused(() => statementsOf(of).expressions.read(value));
  });
  if (asExpression !== null) return { kind: "expression", of: asExpression };
  const asStatements = inside("void f(void) { ", ";}", (nodes, of) => statementsOf(of).list(nodes));
  if (asStatements !== null) return { kind: "statements", body: asStatements };
  reader.faults.add(
    macro.bodyAt,
    macro.body.includes("##")
      ? `${macro.name}: ## joins names, which is not in the subset: write them out`
      : `${macro.name}: a macro is an expression or whole statements here; a static inline function can do the rest`,
  );
  return null;
}
