/** C beside the statements that it is translated to: each line of a function with what it stands for. */
import type { Scenario, Statement } from "../../machine/index.js";
import { inside } from "./as-c/inside.js";
import { lookedAt } from "./looked-at.js";
import { shapesOf } from "./shape.js";
import { type PrintedLine, typescriptOf } from "./typescript.js";

/** A line of C with its statements. */
export interface BesideRow {
  readonly line: number;
  readonly c: string;
  /** The TypeScript of the line, in order; none where the line is no step. */
  readonly statements: readonly string[];
}

/** A function with the statements of its lines. */
export interface BesideFunction {
  readonly name: string;
  readonly file: string;
  readonly rows: readonly BesideRow[];
}

/**
 * Returns the functions of kernel C that run, each line beside the statements that it is translated to.
 *
 * @param scenario as `kernelC()` returns it
 * @throws TypeError if it was written as statements and comes of no text
 */
export function besideStatements(scenario: Scenario): readonly BesideFunction[] {
  const [source] = scenario.sources ?? [];
  if (source === undefined) {
    throw new TypeError(
      `${scenario.name}: no C here; besideStatements() takes what kernelC() returns`,
    );
  }
  const functions = functionsIn(source.text);
  const isFunction = (name: string): boolean => functions.has(name);
  const found = new Map<string, readonly PrintedLine[]>();
  for (const { body } of scenario.processes) {
    for (const { name, body: inner } of callsIn(body)) {
      if (!isFunction(name)) continue;
      // What is known of an argument leaves out what cannot be: the fullest of its calls is shown.
      const lines = typescriptOf(lookedAt(shapesOf(inner, isFunction)));
      if (lines.length > (found.get(name)?.length ?? -1)) found.set(name, lines);
    }
  }
  return [...functions].flatMap(([name, range]) => {
    const lines = found.get(name);
    if (lines === undefined) return [];
    const rows = rowsOf(source.text, range, lines);
    return [{ name, file: source.file, rows }];
  });
}

/** Returns the same as text in two columns. */
export function besideText(functions: readonly BesideFunction[]): readonly string[] {
  return functions.flatMap(({ rows }, at) => {
    const shown = rows.map((row) => ({ ...row, c: row.c.replaceAll("\t", "    ") }));
    const width = Math.max(...shown.map(({ c }) => c.length));
    const lines = shown.flatMap(({ line, c, statements: [first = "", ...more] }) => [
      `${String(line).padStart(4)}  ${c.padEnd(width)}  ${first}`.trimEnd(),
      ...more.map((text) => `${" ".repeat(width + 8)}${text}`.trimEnd()),
    ]);
    return at === 0 ? lines : ["", ...lines];
  });
}

interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** The functions of a text, with their lines. */
function functionsIn(text: string): ReadonlyMap<string, LineRange> {
  const lines = text.split("\n");
  const found = new Map<string, LineRange>();
  for (const [at, line] of lines.entries()) {
    const name = /^[A-Za-z_][\w\s*]*?\b(\w+)\s*\([^;]*$/.exec(line)?.[1];
    if (name === undefined) continue;
    const oneLine = /\{.*\}\s*$/.test(line);
    const end = oneLine ? at : lines.findIndex((one, k) => k > at && one.startsWith("}"));
    const isBody = oneLine || lines.slice(at, end + 1).some((one) => /^\{|\{\s*$/.test(one));
    if (end >= 0 && isBody) found.set(name, { from: at + 1, to: end + 1 });
  }
  return found;
}

type Called = Statement & { readonly kind: "call" };

/** Returns all calls in statements, from outside in. */
const callsIn = (body: readonly Statement[]): readonly Called[] =>
  body.flatMap((one) => [...(one.kind === "call" ? [one] : []), ...callsIn(inside(one))]);

/** Lines of C with what is printed of each; brackets go with the line before them. */
function rowsOf(
  text: string,
  { from, to }: LineRange,
  printed: readonly PrintedLine[],
): readonly BesideRow[] {
  const of = new Map<number, string[]>();
  let line = from;
  const loops = new Set<number>();
  const isHere = (of: number | null): of is number => of !== null && of >= from && of <= to;
  for (const [at, one] of printed.entries()) {
    // What opens a block belongs to what stands in it.
    const opens = one.line === null && one.text.endsWith("[") && !one.text.startsWith("]");
    const own = opens ? (printed.slice(at).find((of) => isHere(of.line))?.line ?? null) : one.line;
    // What a loop does between its rounds is behind its body.
    const isNext = isHere(own) && own < line && loops.has(own);
    if (isHere(own) && !isNext) line = own;
    if (/^(?:while_|forever)\(/.test(one.text)) loops.add(line);
    const known = of.get(line) ?? [];
    of.set(line, [...known, `${"  ".repeat(one.depth)}${one.text}`]);
  }
  return text
    .split("\n")
    .slice(from - 1, to)
    .map((c, k) => ({ line: from + k, c, statements: of.get(from + k) ?? [] }));
}
