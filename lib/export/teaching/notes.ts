/** What a teacher is told about a notebook: in a file of its own, so that students' notebooks hold none of it. */
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { freeId, NotebookError } from "../../notebook/document/parse.js";
import type { Cell, Notebook } from "../source/notebook.js";

/** A note for the teacher, to be said or done behind a cell. */
export interface TeachingNote {
  /** The id of the cell. */
  readonly cell: string;
  readonly minutes: number;
  /** Markdown. */
  readonly text: string;
}

/** The notes of one notebook. */
export interface Teaching {
  /** What a student can do afterwards. */
  readonly goal: string;
  /** What a student has to know before. */
  readonly needs: string;
  readonly notes: readonly TeachingNote[];
}

const noteHead = /^## (?<cell>[\w-]+): (?<minutes>\d+) minutes?$/;

/**
 * Returns the notes that a file's text holds.
 *
 * @throws NotebookError for a heading that is none of a note
 */
export function parseTeaching(text: string, file: string): Teaching {
  const [head = "", ...parts] = `\n${text}`.split(/\n(?=## )/);
  const line = (name: string): string =>
    new RegExp(`^${name}: (.+)$`, "m").exec(head)?.[1]?.trim() ?? "";
  const notes = parts.map((part): TeachingNote => {
    const [first = "", ...rest] = part.split("\n");
    const { cell, minutes } = noteHead.exec(first)?.groups ?? {};
    if (cell === undefined) {
      throw new NotebookError(
        `${file}: "${first}" is no heading of a note: write "## ID-OF-A-CELL: 5 minutes"`,
      );
    }
    return { cell, minutes: Number(minutes), text: rest.join("\n").trim() };
  });
  return { goal: line("Goal"), needs: line("Needs"), notes };
}

/** Returns the notes that lie in the folder `teaching` beside a notebook, or undefined where there are none. */
export async function readTeaching(notebook: string): Promise<Teaching | undefined> {
  const name = basename(notebook).replace(/\.ipynb$/, ".md");
  const file = join(dirname(notebook), "teaching", name);
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseTeaching(text, file);
}

/** Returns the notebook with its notes as cells of speaker's notes, which no student's edition has. */
export function withNotes(notebook: Notebook, { notes }: Teaching): Notebook {
  const taken = new Set(notebook.cells.map(({ id }) => id));
  const cells = notebook.cells.flatMap((cell): Cell[] => [
    cell,
    ...notes
      .filter((note) => note.cell === cell.id)
      .map((note): Cell => ({
        kind: "markdown",
        id: freeId(`notes-${cell.id}`.slice(0, 60), taken),
        source: `**${minutesText(note.minutes)}.** ${note.text}`,
        tags: [],
        slide: "notes",
        folded: false,
        attachments: {},
      })),
  ]);
  return { ...notebook, cells };
}

/** Returns the cells that notes speak of and the notebook does not have. */
export function unknownCells({ cells }: Notebook, { notes }: Teaching): readonly string[] {
  const known = new Set(cells.map(({ id }) => id));
  return notes.map(({ cell }) => cell).filter((cell) => !known.has(cell));
}

/** Returns how long the whole notebook takes in a class. */
export function minutesOf({ notes }: Teaching): number {
  return notes.reduce((sum, { minutes }) => sum + minutes, 0);
}

function minutesText(minutes: number): string {
  return minutes === 1 ? "One minute" : `${minutes} minutes`;
}
