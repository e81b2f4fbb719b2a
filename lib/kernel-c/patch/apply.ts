/** Applies a patch to a text as `patch` does: all of it, or nothing. */
import {
  type StructuredPatch,
  type StructuredPatchHunk,
  applyPatch,
  diffLines,
  parsePatch,
} from "diff";
import { findDiff } from "./find-diff.js";

/** As many lines of context may differ in a hunk. */
const mostFuzz = 3;

/** A text with a patch applied. */
export interface Patched {
  readonly text: string;
  /** The lines of the result that the patch has added or changed, from 1. */
  readonly changed: readonly number[];
  /** How many lines of context did not fit. */
  readonly fuzz: number;
}

/** A patch that cannot be applied; nothing was. */
export class PatchError extends TypeError {
  override readonly name = "PatchError";
}

/**
 * Returns a text with a patch applied; line numbers of the patch are hints, and a little of its context may
 * differ.
 *
 * @param file the name of the text: of a patch for several files, the part for this one is taken
 * @param patch a diff, or a mail that has one in it
 * @throws PatchError that shows each hunk which does not apply, beside the nearest place
 */
export function applyPatchTo(text: string, file: string, patch: string): Patched {
  const diff = findDiff(patch);
  if (diff === null) {
    throw new PatchError(
      "there is no diff in the patch: lines that begin with --- and +++, and then @@, are wanted",
    );
  }
  const one = partFor(file, parsed(diff));
  for (let fuzz = 0; fuzz <= mostFuzz; fuzz++) {
    for (const compareLine of [exactly, butForBlanks]) {
      for (const tried of [...trimmed(one, fuzz), one]) {
        const fuzzFactor = tried === one ? fuzz : 0;
        const made = applyPatch(text, tried, { fuzzFactor, compareLine });
        if (made !== false) return { text: made, changed: changedLines(text, made), fuzz };
      }
    }
  }
  throw new PatchError(failures(text, file, one).join("\n"));
}

function parsed(diff: string): readonly StructuredPatch[] {
  try {
    return parsePatch(diff);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PatchError(`the diff cannot be read: ${why}`);
  }
}

const baseName = (path: string | undefined): string => (path ?? "").replace(/^.*\//, "");

function partFor(file: string, parts: readonly StructuredPatch[]): StructuredPatch {
  const withHunks = parts.filter(({ hunks }) => hunks.length > 0);
  const name = baseName(file);
  const found =
    withHunks.find(({ oldFileName, newFileName }) =>
      [oldFileName, newFileName].map(baseName).includes(name),
    ) ?? (withHunks.length === 1 ? withHunks[0] : undefined);
  if (found !== undefined) return found;
  const files = withHunks.map(({ newFileName }) => baseName(newFileName));
  throw new PatchError(
    files.length === 0
      ? "the diff has no hunks: lines that begin with @@ are missing"
      : `the patch is for ${files.join(", ")}, and not for ${name}`,
  );
}

/**
 * A patch with so many lines of context left out at the ends of its hunks, as `patch --fuzz` does: from both, from
 * the end and from the beginning. At least a line of the text stays to find the place by.
 */
function trimmed(whole: StructuredPatch, fuzz: number): readonly StructuredPatch[] {
  if (fuzz === 0) return [];
  const ways = [
    [fuzz, fuzz],
    [0, fuzz],
    [fuzz, 0],
  ] as const;
  return ways.flatMap(([first, last]) => {
    const hunks = whole.hunks.map((hunk) => trimmedHunk(hunk, first, last));
    return hunks.includes(null) ? [] : [{ ...whole, hunks: hunks.flatMap((hunk) => hunk ?? []) }];
  });
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

type CompareLine = (
  at: number,
  line: string | undefined,
  operation: string,
  wanted: string,
) => boolean;

const exactly: CompareLine = (_, line, __, wanted) => line === wanted;

/** Mails turn tabs into blanks; beyond the end of the text there is no line. */
const butForBlanks: CompareLine = (_, line, __, wanted) =>
  line?.replace(/\s+/g, " ").trim() === wanted.replace(/\s+/g, " ").trim();

function changedLines(before: string, after: string): readonly number[] {
  const changed: number[] = [];
  let line = 1;
  for (const { added, removed, count } of diffLines(before, after)) {
    if (added) for (let k = 0; k < count; k++) changed.push(line + k);
    if (!removed) line += count;
  }
  return changed;
}

/** What to say of each hunk that does not apply by itself. */
function failures(text: string, file: string, whole: StructuredPatch): readonly string[] {
  const { hunks } = whole;
  const said = hunks.flatMap((hunk, at) => {
    const alone = applyPatch(
      text,
      { ...whole, hunks: [hunk] },
      { fuzzFactor: mostFuzz, compareLine: butForBlanks },
    );
    return alone === false ? [failure(text, file, hunk, at, hunks.length)] : [];
  });
  if (said.length > 0) return [...said, "Nothing was applied."];
  return [`${file}: each hunk fits somewhere, but not one after the other. Nothing was applied.`];
}

function failure(
  text: string,
  file: string,
  { oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk,
  at: number,
  count: number,
): string {
  const wanted = lines
    .filter((line) => !line.startsWith("+") && !line.startsWith("\\"))
    .map((line) => line.slice(1));
  const all = text.split("\n");
  const near = nearestPlace(all, wanted);
  const head = `hunk ${String(at + 1)} of ${String(count)} (@@ -${String(oldStart)},${String(oldLines)} +${String(newStart)},${String(newLines)} @@) does not apply`;
  if (near === null) return `${file}: ${head}: nothing in the text is like it`;
  const rows = wanted.map((line, k) => {
    const found = all[near + k];
    const number = String(near + k + 1).padStart(5);
    if (found !== undefined && butForBlanks(0, found, " ", line)) return `${number} |   ${found}`;
    return `${number} | - ${line}   <- the patch\n      | + ${found ?? "(the end of the text)"}   <- the text`;
  });
  return [`${file}:${String(near + 1)}: ${head}; the nearest place:`, ...rows].join("\n");
}

/** The line, from 0, from which on most of the lines are as they are wanted. */
function nearestPlace(all: readonly string[], wanted: readonly string[]): number | null {
  let best = { at: -1, score: 0 };
  for (let at = 0; at < all.length; at++) {
    let score = 0;
    for (const [k, line] of wanted.entries()) {
      const found = all[at + k];
      // Braces and empty lines are everywhere.
      if (found !== undefined && line.trim().length > 1 && butForBlanks(0, found, " ", line))
        score += 1;
    }
    if (score > best.score) best = { at, score };
  }
  return best.at < 0 ? null : best.at;
}
