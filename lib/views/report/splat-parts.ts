/** A lockdep report cut into its parts, each with what it says: the reader's own sections, told. */
import type { Tone } from "../draw/palette.js";
import { counted } from "../../primitives/counted.js";
import { readInParts } from "../../splat/read/read.js";
import type { ReportPart } from "../../splat/read/parts.js";
import { foldLines, type SplatPartRow } from "./fold-lines.js";
import { noteOf, type PartNote } from "./part-notes.js";

export type { SplatPartRow } from "./fold-lines.js";

/** A run of lines that belong together. */
export interface SplatPart {
  /** What kind of part it is, in two or three words. */
  readonly title: string;
  /** What the part tells the reader; empty for lines without a known meaning. */
  readonly note: string;
  readonly tone: Tone;
  /** What is shown; a line that says how many are folded stands for them. */
  readonly lines: readonly string[];
  /** The same with the folded lines. */
  readonly rows: readonly SplatPartRow[];
}

interface Open {
  readonly note: PartNote;
  readonly lines: ReportPart["lines"][number][];
  readonly role: ReportPart["role"];
}

/**
 * Returns the parts of the reports of a text in order; what stands around them and rulers are left out.
 *
 * @param text the reports as printed, in whatever log or mail.
 * @param keep functions shown of each stack, 1 or more.
 */
export function splatParts(text: string, keep = 4): readonly SplatPart[] {
  return readInParts(text).flatMap(({ report, parts }) => {
    const told: Open[] = [];
    for (const part of parts) {
      const note = noteOf(report, part);
      const last = told.at(-1);
      const same = last !== undefined && goesOn(last, note, part);
      if (last !== undefined && same) last.lines.push(...kept(part));
      else told.push({ note: note ?? unknown, lines: [...kept(part)], role: part.role });
    }
    return told.map((each) => shown(each, keep)).filter(({ rows }) => rows.length > 0);
  });
}

const unknown: PartNote = { title: "", tone: "muted", note: "" };

/** A heading over what is read by itself says nothing. */
const kept = ({ lines }: ReportPart): ReportPart["lines"] =>
  lines.filter(({ text }) => !text.trim().startsWith("other info that might help us debug this:"));

/** Two parts in a row with one title are one, but each link of a chain stands alone. */
const goesOn = (last: Open, note: PartNote | null, { role }: ReportPart): boolean =>
  note === null || (note.title === last.note.title && role !== "chain");

function shown({ note, lines, role }: Open, keep: number): SplatPart {
  const rows = foldLines({ role, lines }, keep);
  return { ...note, lines: rows.map(lineOf), rows };
}

const lineOf = (row: SplatPartRow): string =>
  typeof row === "string"
    ? row
    : `       … ${counted(row.folded.length, "more line", "more lines")}`;
