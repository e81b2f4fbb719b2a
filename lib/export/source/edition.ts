/** Cuts a notebook down to what one kind of reader should get. */
import { freeId } from "../../notebook/document/parse.js";
import type { Cell, Notebook } from "./notebook.js";

/** Who a file is for. */
export type Edition = "student" | "teacher";

/** All editions, in the order in which help lists them. */
export const editions: readonly Edition[] = ["student", "teacher"];

/** Returns the name of an edition's files: a teacher's say what they are. */
export function fileStem(notebook: string, edition: Edition): string {
  return edition === "teacher" ? `${notebook}.teacher` : notebook;
}

/** What a page, a deck and a handout say of their edition; a student's need not. */
export const editionNames: Readonly<Record<Edition, string>> = {
  student: "",
  teacher: "Teacher's edition, with solutions",
};

/** The tags that editions, the live page and the slides read. */
export const cellTags = {
  solution: "solution",
  hiddenTest: "hidden-test",
  exercise: "exercise",
  /** What reveals the answer to a question before it: of code its output does, of prose every word. */
  reveals: "reveals",
  long: "long",
  /** Code that a reader need not see: it is folded away, and no slide shows it. */
  scaffolding: "scaffolding",
  /** What is said to a reader whose cells run: not on a page to read, not on paper, not on a slide. */
  runs: "runs",
  /** Jupyter Book's: only the output is of interest. */
  hideInput: "hide-input",
  /** Jupyter's: the cell is to fail. */
  raisesException: "raises-exception",
} as const;

/** What stands in the place of a solution in a student's edition. */
export const codePrompt = "// Your turn: write your answer here, run it, then go on.";
const prosePrompt = "*Your turn: write your answer here.*";

/**
 * Returns the notebook as the edition shows it.
 *
 * `student`: solutions, hidden tests and speaker's notes are gone with their outputs; where solutions
 * follow no cell of an exercise, one prompt stands in the place of each run of them. Of what reveals an
 * answer the code stays, without its outputs: who runs it has them.
 * `teacher` keeps every cell, and marks the tagged ones.
 */
export function cutEdition(notebook: Notebook, edition: Edition): Notebook {
  switch (edition) {
    case "teacher":
      return notebook;
    case "student":
      return { ...notebook, cells: studentCells(notebook.cells) };
  }
}

/** Returns the notebook without what is said of running its cells where they stand. */
export function withoutRuns(notebook: Notebook): Notebook {
  const cells = notebook.cells.filter(({ tags }) => !tags.includes(cellTags.runs));
  return { ...notebook, cells };
}

/** What stands below code that answers a question, for students who read it where nothing runs. */
export const answeredElsewhere = "The answer comes when this cell runs: it is in the notebook.\n";

/** Returns the notebook for pages and paper to read: of a student's answers it says where they are. */
export function toRead(notebook: Notebook, edition: Edition): Notebook {
  const read = withoutRuns(notebook);
  if (edition === "teacher") return read;
  const cells = read.cells.map((cell): Cell => {
    if (cell.kind !== "code" || !isRevealing(cell)) return cell;
    const tags = cell.tags.filter((tag) => tag !== cellTags.reveals);
    return {
      ...cell,
      tags,
      outputs: [{ kind: "stream", name: "stdout", text: answeredElsewhere }],
    };
  });
  return { ...read, cells };
}

const isRevealing = (cell: Cell): boolean => cell.tags.includes(cellTags.reveals);
const isTeachers = (cell: Cell): boolean =>
  cell.tags.includes(cellTags.hiddenTest) ||
  cell.slide === "notes" ||
  (cell.kind === "markdown" && isRevealing(cell));
const isSolution = (cell: Cell): boolean => cell.tags.includes(cellTags.solution);

function studentCells(cells: readonly Cell[]): Cell[] {
  const kept: Cell[] = [];
  const taken = new Set(cells.map(({ id }) => id));
  let run: Cell[] = [];
  for (const cell of cells.filter((one) => !isTeachers(one))) {
    if (isSolution(cell)) run.push(cell);
    else {
      const shown = cell.kind === "code" && isRevealing(cell) ? { ...cell, outputs: [] } : cell;
      kept.push(...promptFor(run, kept.at(-1), taken), shown);
      run = [];
    }
  }
  return [...kept, ...promptFor(run, kept.at(-1), taken)];
}

/**
 * Returns one prompt for a run of solution cells. Its id is new, for an id may tell the answer, and comes from
 * what precedes it: a cell that is inserted elsewhere does not take a student's answer away.
 */
function promptFor(run: readonly Cell[], before: Cell | undefined, taken: Set<string>): Cell[] {
  const first = run[0];
  // The exercise has a cell to write in already.
  if (first === undefined || before?.tags.includes(cellTags.exercise) === true) return [];
  const common = {
    id: freeId(`answer-${before?.id ?? "first"}`.slice(0, 60), taken),
    tags: [cellTags.exercise],
    slide: first.slide,
    folded: false,
  };
  return run.some((cell) => cell.kind === "code")
    ? [{ kind: "code", ...common, source: codePrompt, outputs: [] }]
    : [{ kind: "markdown", ...common, source: prosePrompt, attachments: {} }];
}
