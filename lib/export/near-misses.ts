/** Marks that were probably meant for the editions, and that no edition reads. */
import { cellTags } from "./edition.js";
import type { Cell, Notebook } from "./notebook.js";

/** Returns, in a line each, what may keep a solution in a student's edition. */
export function nearMisses({ cells, name }: Notebook): string[] {
  return cells.flatMap((cell, at) =>
    [...misspelt(cell), ...nbgraders(cell), ...markers(cell)].map(
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
    return meant === undefined ? [] : [`the tag "${tag}" means nothing: was it to be "${meant}"?`];
  });
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

const marker = /^[ \t]*(?:#+|\/\/+|\/\*)[ \t]*BEGIN (SOLUTION|HIDDEN TESTS?)\b/im;

function markers({ source, tags }: Cell): string[] {
  const found = marker.exec(source)?.[1]?.toUpperCase();
  if (found === undefined) return [];
  const tag = found === "SOLUTION" ? cellTags.solution : cellTags.hiddenTest;
  if (tags.includes(tag)) return [];
  return [
    `"BEGIN ${found}" marks a part of a cell, and editions take whole cells: give it a cell tagged "${tag}"`,
  ];
}
