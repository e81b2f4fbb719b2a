/** What a failed cell says: Jupyter's `error` message, from a thrown value or from diagnostics. */
import { inspect } from "node:util";
import { type Faulty, faultsInCell, isFaulty } from "../../kernel-c/index.js";
import type { Diagnostic } from "tslab/dist/converter.js";
import { adviceFor } from "./advice.js";

/** The content of an `error` message. */
export interface CellError {
  /** The error's name, such as `TypeError`. */
  readonly ename: string;
  readonly evalue: string;
  /** Lines to show, the whole story: message first, then where. */
  readonly traceback: readonly string[];
}

/** A cell as the reader wrote it and as it ran. */
export interface CellCode {
  readonly source: string;
  /** The JavaScript that was run; null where it was not compiled. */
  readonly output: string | null;
}

/** Returns the error of a cell that the compiler did not accept. */
export function compileError(diagnostics: readonly Diagnostic[], source: string): CellError {
  const lines = source.split("\n");
  const advised = new Set<string>();
  const places = diagnostics.map(({ start, end, messageText, fileName }, index) => {
    // A complaint's explanations come as complaints of their own, about the same place.
    const advice = adviceFor(messageText).filter((one) => !advised.has(one));
    for (const one of advice) advised.add(one);
    const said = [messageText, ...advice].join("\n  ");
    if (index > 0 && start.offset === diagnostics[index - 1]?.start.offset) return `  ${said}`;
    const where = `${fileName === undefined ? "" : `${fileName} `}line ${start.line + 1}`;
    const text = fileName === undefined ? lines[start.line] : undefined;
    if (text === undefined) return `${where}: ${said}`;
    const width = end.line === start.line ? end.character - start.character : text.length;
    const caret = " ".repeat(start.character) + "^".repeat(Math.max(1, width));
    return `${where}:\n    ${text}\n    ${caret}\n  ${said}`;
  });
  return {
    ename: "TypeScriptError",
    evalue: diagnostics
      .map(({ start, messageText }) => `line ${start.line + 1}: ${messageText}`)
      .join("\n"),
    traceback: ["TypeScriptError: this cell was not run", ...places],
  };
}

/** Returns the error of a cell that threw; what it threw may be anything. */
export function thrownError(thrown: unknown, code: CellCode): CellError {
  if (!(thrown instanceof Error)) {
    const value = typeof thrown === "string" ? thrown : inspect(thrown, { depth: 3 });
    return { ename: "Thrown", evalue: value, traceback: [`thrown, and no Error: ${value}`] };
  }
  if (isFaulty(thrown)) return cError(thrown, code);
  const isSaid = thrown.cause instanceof Error && thrown.message.endsWith(thrown.cause.message);
  const cause = thrown.cause === undefined || isSaid ? [] : [`caused by: ${causeOf(thrown.cause)}`];
  return {
    ename: thrown.name,
    evalue: thrown.message,
    traceback: [`${thrown.name}: ${thrown.message}`, ...framesOf(thrown, code), ...cause],
  };
}

/** A cause without its own stack, which is the lab's. */
const causeOf = (cause: unknown): string =>
  cause instanceof Error ? `${cause.name}: ${cause.message}` : inspect(cause, { depth: 1 });

/** Faults in the C of a cell, as the compiler's own are shown: the cell's line, the text, a caret. */
function cError(thrown: Faulty & Error, code: CellCode): CellError {
  const faults = faultsInCell(code.source, thrown);
  if (faults.every(({ line }) => line === null)) {
    const traceback = [`${thrown.name}: ${thrown.message}`, ...framesOf(thrown, code)];
    return { ename: thrown.name, evalue: thrown.message, traceback };
  }
  const where = (line: number | null, at: number): string =>
    line === null
      ? `line ${String(thrown.faults[at]?.at.line ?? 0)} of the C`
      : `line ${String(line)}`;
  return {
    ename: thrown.name,
    evalue: faults.map(({ line, message }, at) => `${where(line, at)}: ${message}`).join("\n"),
    traceback: [
      `${thrown.name}: the C of this cell was not understood`,
      ...faults.map(({ line, message, shown }, at) =>
        [`${where(line, at)}:`, ...shown.map((text) => `    ${text}`), `  ${message}`].join("\n"),
      ),
      ...framesOf(thrown, code),
    ],
  };
}

/** Returns the error of a cell that was stopped. */
export function stoppedError(reason: "asked" | "output"): CellError {
  const evalue =
    reason === "asked"
      ? "stopped by the reader; all earlier results are still there"
      : "stopped: it printed more than a notebook can show (is it an endless loop?)";
  return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
}

const inCell = /evalmachine\.<anonymous>:(\d+):\d+/;
const machinery = /node:|[\\/]tslab[\\/]dist[\\/]|[\\/]notebook[\\/]kernel[\\/]|<anonymous>$/;

/**
 * The reader's own lines; where there is none among the frames, those of the lab, without the kernel's machinery below
 * them.
 */
function framesOf(error: Error, code: CellCode): string[] {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.flatMap((frame) => {
    const name = /^\s+at (?:async )?([^\s(]+) \(/.exec(frame)?.[1];
    const [, line] = inCell.exec(frame) ?? [];
    const written = line === undefined ? null : writtenLine(Number(line), code);
    return written === null
      ? []
      : [`    at ${labelOf(name)}line ${written.number}: ${written.text}`];
  });
  if (own.length > 0 || frames.some((frame) => inCell.test(frame))) return own;
  return frames.flatMap((frame) =>
    machinery.test(frame) ? [] : [frame.replace(/\(?(?:file:\/\/)?\/.*\/(?=(?:lib|dist)\/)/, "(")],
  );
}

function labelOf(name: string | undefined): string {
  return name === undefined || name === "evalmachine.<anonymous>" ? "" : `${name}, `;
}

/** The compiler renames imports and drops types and blank lines; what is left can be compared. */
function bare(line: string): string {
  return line
    .replace(/\(0, \w+\.(\w+)\)/g, "$1")
    .replace(/\bexports\.(?:\w+ = exports\.)*/g, "")
    .replace(/\b(?:const|let|var|export)\b/g, "")
    .replace(/\bas [\w.<>[\]]+|!(?=[.;)\],])/g, "")
    .replace(/[\s;'"`]/g, "");
}

function writtenLine(at: number, code: CellCode): { number: number; text: string } | null {
  const ran = bare(code.output?.split("\n")[at - 1] ?? "");
  if (ran.length < 2) return null;
  const lines = code.source.split("\n");
  const same = lines.flatMap((text, index) => (bare(text) === ran ? [index] : []));
  const alike = lines.flatMap((text, index) =>
    bare(text).length > 3 && (ran.endsWith(bare(text)) || bare(text).endsWith(ran)) ? [index] : [],
  );
  const index =
    same.length === 1 ? same[0] : same.length === 0 && alike.length === 1 ? alike[0] : undefined;
  return index === undefined ? null : { number: index + 1, text: (lines[index] ?? "").trim() };
}
