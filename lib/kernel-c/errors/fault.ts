/** What is wrong with a text, where, and what to write instead: in the form of a compiler. */

/** A stretch of a source text. */
export interface Span {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units; a tab counts one, as in gcc. */
  readonly column: number;
  /** Offsets from the beginning of the text, the end not included. */
  readonly start: number;
  readonly end: number;
}

/** One thing that is wrong. */
export interface Fault {
  readonly at: Span;
  readonly message: string;
}

/** Longer excerpts of a line are cut. */
const mostShown = 160;

/**
 * Returns faults as a compiler prints them: `file:line:column: message`, the line, and a caret below.
 *
 * @param text the text that the faults are about, of all files where there are several
 */
export function printFaults(text: string, faults: readonly Fault[]): string {
  return faults.map((fault) => printFault(text, fault)).join("\n");
}

function printFault(text: string, { at, message }: Fault): string {
  const head = `${at.file}:${String(at.line)}:${String(at.column)}: ${message}`;
  const from = at.start - (at.column - 1);
  const end = text.indexOf("\n", at.start);
  const line = text.slice(from, end < 0 ? text.length : end).replace(/\r$/, "");
  if (from < 0 || line.length > mostShown) return head;
  const number = String(at.line).padStart(5);
  const lead = line.slice(0, at.column - 1).replace(/[^\t]/g, " ");
  const room = Math.max(1, line.length - (at.column - 1));
  const marked = Math.min(Math.max(1, at.end - at.start), room);
  return `${head}\n${number} | ${line}\n      | ${lead}^${"~".repeat(marked - 1)}`;
}

/** A text that makes no sense in the subset; `message` has all faults, as a compiler prints them. */
export class KernelCError extends TypeError {
  override readonly name = "KernelCError";

  constructor(
    readonly text: string,
    readonly faults: readonly Fault[],
  ) {
    super(printFaults(text, faults));
  }
}

/** Collects faults, so that all of them are reported and not just the first. */
export class Faults {
  private readonly found = new Map<string, Fault>();

  add(at: Span, message: string): void {
    // A function that is inlined in several places is wrong once.
    const key = `${String(at.start)} ${message}`;
    if (!this.found.has(key)) this.found.set(key, { at, message });
  }

  get all(): readonly Fault[] {
    return [...this.found.values()].sort((a, b) => a.at.start - b.at.start);
  }

  get count(): number {
    return this.found.size;
  }

  get none(): boolean {
    return this.found.size === 0;
  }
}

/** Ends the translation of one statement, whose fault is noted already. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** What is thrown then: always the same, since nobody asks where from and a stack takes time to be noted. */
export const refused = new Refused("its fault is noted");
