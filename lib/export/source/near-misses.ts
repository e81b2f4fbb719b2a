/** Marks that were probably meant for the editions, and that no edition reads. */
import { cellTags } from "./edition.js";
import type { Cell, Notebook } from "./notebook.js";

/** Returns, in a line each, what may keep a solution in a student's edition. */
export function nearMisses({ cells, name }: Notebook): string[] {
  return cells.flatMap((cell, at) =>
    [...misspelt(cell), ...slideKinds(cell), ...nbgraders(cell), ...markers(cell)].map(
      (what) => `${name}, cell ${at + 1} (${cell.id}): ${what}`,
    ),
  );
}

/** Tags in the plural, in capitals, with other dashes, or one letter off. */
function misspelt({ tags }: Cell): string[] {
  const known: readonly string[] = Object.values(cellTags);
  return tags.flatMap((tag) => {
    if (known.includes(tag)) return [];
    const meant = known.find((one) => plain(one) === plain(tag) || isOneOff(one, tag));
    if (meant !== undefined) return [`the tag "${tag}" means nothing: was it to be "${meant}"?`];
    return forTeachers.test(tag)
      ? [`the tag "${tag}" hides nothing: was the cell to be "solution", "hidden-test" or notes?`]
      : [];
  });
}

/** Words of other tools, and of people, for what students are not to see. */
const forTeachers =
  /solution|answer|hidden|instructor|teacher|staff|lehrer|^(?:notes?|speaker[-_ ]?notes?|private|secret|remove[-_ ]cell|hide[-_ ]cell)$/i;

/** A kind that only nearly is one makes no notes of a cell: students would read them. */
function slideKinds({ unknownSlide }: Cell): string[] {
  if (unknownSlide === undefined) return [];
  const kind = unknownSlide;
  const hint = /note/i.test(kind) ? `: was it to be "notes"?` : "";
  return [`the kind of slide "${kind}" means nothing${hint}`];
}

function plain(tag: string): string {
  return tag
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/s$/, "");
}

/** Returns whether one letter more, less or other makes one of the other. */
function isOneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 4) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA === restB.slice(1) ||
    restB === restA.slice(1) ||
    isTransposed(restA, restB)
  );
}

/** Two letters in the wrong order. */
function isTransposed(a: string, b: string): boolean {
  const [first = "", second = "", ...rest] = a;
  return a.length > 1 && second + first + rest.join("") === b;
}

function nbgraders({ nbgrader, tags }: Cell): string[] {
  if (nbgrader === undefined) return [];
  const isHidden = tags.includes(cellTags.solution) || tags.includes(cellTags.hiddenTest);
  if (nbgrader["solution"] === true && !isHidden && !tags.includes(cellTags.exercise)) {
    return [`nbgrader has it as a solution: tag it "solution" where students must not see it`];
  }
  return [];
}

/** nbgrader's, Otter's and other tools' marks of a part of a cell, each on a line of its own. */
const begins =
  /^[ \t]*(?:#+|\/\/+|\/\*+|<!--|"""|'\*)[ \t]*(?:BEGIN|START|=+ *BEGIN)[ \t_:-]*(SOLUTIONS?|ANSWERS?|HIDDEN[ _-]?TESTS?|MARK[ _-]?SCHEME)\b/im;
const alone =
  /(?:#+|\/\/+|\/\*+|<!--)[ \t]*(SOLUTION|HIDDEN(?:[ _-]TESTS?)?)(?:[ \t]+NO PROMPT)?[ \t]*(?:\*\/|-->)?[ \t]*$/m;

function markers({ source, tags }: Cell): string[] {
  const [line = "", part = ""] = begins.exec(source) ?? alone.exec(source) ?? [];
  if (line === "") return [];
  const isTest = /^HIDDEN|^MARK/i.test(part);
  const tag = isTest ? cellTags.hiddenTest : cellTags.solution;
  if (tags.includes(tag)) return [];
  const mark = line.trim().replace(/^\W+|\W+$/g, "");
  return [
    `"${mark}" marks a part of a cell, and editions take whole cells: give it a cell tagged "${tag}"`,
  ];
}
