/** Code that has to run and that a reader need not see: imports, and what an exercise is set up with. */
import { cellTags } from "./edition.js";
import type { Cell } from "./notebook.js";
import { cellNames } from "../runtime/names.js";

/** Why a cell is folded away, if it is. */
export type Scaffolding = "imports" | "exercise" | "marked" | undefined;

/** Returns what a folded cell is called. */
export function foldedAs(why: Exclude<Scaffolding, undefined>): string {
  return why === "imports" ? "Imports" : "Set-up";
}

/** Returns, for each cell, why it is folded away. */
export function scaffoldingOf(cells: readonly Cell[]): readonly Scaffolding[] {
  return cells.map((cell, at) => {
    // What an edition marks is to be seen, though the author's notebook folds it away.
    if (cell.kind !== "code" || isMarked(cell)) return undefined;
    if (cell.folded || cell.tags.includes(cellTags.scaffolding)) return "marked";
    if (cell.outputs.length === 0 && cellNames(cell.source).onlyImports) return "imports";
    return setsUp(cells, at) ? "exercise" : undefined;
  });
}

function isMarked({ tags }: Cell): boolean {
  const { exercise, solution, hiddenTest } = cellTags;
  return tags.some((tag) => tag === exercise || tag === solution || tag === hiddenTest);
}

/** Code between the text of an exercise and the cell to write in, which shows nothing by itself. */
function setsUp(cells: readonly Cell[], at: number): boolean {
  const isPlain = (cell: Cell): boolean =>
    cell.kind === "code" && cell.tags.every((tag) => tag === cellTags.long);
  const rest = cells.slice(at);
  const writtenIn = rest.findIndex((cell) => !isPlain(cell));
  const isExercise = rest[writtenIn]?.tags.includes(cellTags.exercise) === true;
  return (
    isExercise &&
    rest.slice(0, writtenIn).every((cell) => cell.kind === "code" && cell.outputs.length === 0)
  );
}
