/** Faults of a text that stands in the template of a cell: which of the cell's own lines they are on. */
import type { Fault } from "./fault.js";

/** A text with what is wrong in it, as a `KernelCError` has it. */
export interface Faulty {
  readonly text: string;
  readonly faults: readonly Fault[];
}

/** A fault by the line of the cell. */
export interface CellFault {
  readonly message: string;
  /** From 1; null of a text that does not stand in this cell. */
  readonly line: number | null;
  /** The line, and below it a caret under what is wrong; empty without a line. */
  readonly shown: readonly string[];
}

/** Returns whether what was thrown says what is wrong with a text, wherever its class was loaded from. */
export function isFaulty(thrown: unknown): thrown is Faulty & Error {
  return (
    thrown instanceof Error &&
    thrown.name === "KernelCError" &&
    "text" in thrown &&
    typeof thrown.text === "string" &&
    "faults" in thrown &&
    Array.isArray(thrown.faults)
  );
}

/** Returns the faults of a text by the lines of the cell that it stands in. */
export function faultsInCell(cell: string, { text, faults }: Faulty): readonly CellFault[] {
  const lines = cell.split("\n");
  const whole = text === "" ? -1 : cell.indexOf(text);
  const before = whole < 0 ? null : cell.slice(0, whole).split("\n");
  return faults.map(({ at, message }) => {
    const own = text.split("\n")[at.line - 1] ?? "";
    const line = before === null ? onlyLine(lines, own) : before.length - 1 + at.line;
    // The first line of the text begins behind whatever stands before the template.
    const shift = before !== null && at.line === 1 ? (before.at(-1)?.length ?? 0) : 0;
    const shown = line === null ? undefined : lines[line - 1];
    if (line === null || shown === undefined) return { message, line: null, shown: [] };
    const from = at.column - 1 + shift;
    const lead = shown.slice(0, from).replace(/[^\t]/g, " ");
    const room = Math.max(1, shown.length - from);
    const width = Math.min(Math.max(1, at.end - at.start), room);
    return { message, line, shown: [shown, `${lead}^${"~".repeat(width - 1)}`] };
  });
}

/** The number of the one line that is the same; null if there are none or several, or it says little. */
function onlyLine(lines: readonly string[], own: string): number | null {
  if (own.trim().length < 4) return null;
  const same = lines.flatMap((line, k) => (line === own ? [k + 1] : []));
  return same.length === 1 ? (same[0] ?? null) : null;
}
