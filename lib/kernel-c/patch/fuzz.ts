/** Patches whose context does not fit all of the text: lines at the ends of a hunk may be left out, as `patch --fuzz` does. */
import { type StructuredPatch, type StructuredPatchHunk, applyPatch } from "diff";
import type { CompareLine } from "./compare-lines.js";

/** As many lines of context may differ in a hunk. */
export const mostFuzz = 3;

/**
 * Returns a patch with so many lines of context left out at the ends of its hunks, as `patch --fuzz` does: from both, from
 * the end and from the beginning. At least a line of the text stays to find the place by.
 */
export function trimmed(whole: StructuredPatch, fuzz: number): readonly StructuredPatch[] {
  return waysOf(fuzz).flatMap(([first, last]) => {
    const hunks = whole.hunks.map((hunk) => trimmedHunk(hunk, first, last));
    return hunks.includes(null) ? [] : [{ ...whole, hunks: hunks.flatMap((hunk) => hunk ?? []) }];
  });
}

/** How many lines are left out at the beginning and at the end. */
const waysOf = (fuzz: number): readonly (readonly [number, number])[] =>
  fuzz === 0
    ? []
    : [
        [fuzz, fuzz],
        [0, fuzz],
        [fuzz, 0],
      ];

/** Returns a patch with each hunk as it fits the text by itself, the least of its context left out; none, if one does not. */
export function fitted(
  text: string,
  whole: StructuredPatch,
  fuzz: number,
  compareLine: CompareLine,
): readonly StructuredPatch[] {
  if (fuzz === 0 || whole.hunks.length < 2) return [];
  const fits = (hunk: StructuredPatchHunk): boolean =>
    applyPatch(text, { ...whole, hunks: [hunk] }, { fuzzFactor: 0, compareLine }) !== false;
  const hunks = whole.hunks.map((hunk) => {
    const levels = Array.from({ length: fuzz }, (_, k) => k + 1);
    const ways = levels.flatMap((level) =>
      waysOf(level).flatMap(([first, last]) => trimmedHunk(hunk, first, last) ?? []),
    );
    return [hunk, ...ways].find(fits);
  });
  const all = hunks.flatMap((hunk) => hunk ?? []);
  return all.length === hunks.length ? [{ ...whole, hunks: all }] : [];
}

function trimmedHunk(
  hunk: StructuredPatchHunk,
  first: number,
  last: number,
): StructuredPatchHunk | null {
  const { lines } = hunk;
  const isContext = (line: string | undefined): boolean => line?.startsWith(" ") === true;
  const before = Math.max(
    0,
    lines.findIndex((line) => !isContext(line)),
  );
  const after = [...lines].reverse().findIndex((line) => !isContext(line));
  const head = Math.min(first, before);
  const tail = Math.min(last, Math.max(0, after));
  const kept = lines.slice(head, lines.length - tail);
  // Braces and empty lines are everywhere.
  const isPlace = (line: string): boolean => /^[ -]/.test(line) && line.slice(1).trim().length > 1;
  if (!kept.some(isPlace)) return null;
  return {
    oldStart: hunk.oldStart + head,
    oldLines: hunk.oldLines - head - tail,
    newStart: hunk.newStart + head,
    newLines: hunk.newLines - head - tail,
    lines: kept,
  };
}
