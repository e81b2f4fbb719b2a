/** Applies a patch to a text as `patch` does: all of it, or nothing. */
import { type StructuredPatch, applyPatch, diffLines, parsePatch } from "diff";
import { butForBlanks, exactly } from "./compare-lines.js";
import { failures } from "./failures.js";
import { findDiffs } from "./find-diff.js";
import { fitted, mostFuzz, trimmed } from "./fuzz.js";

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
  const diffs = findDiffs(patch);
  const [first, ...rest] = diffs;
  if (first === undefined) {
    throw new PatchError(
      "there is no diff in the patch: lines that begin with --- and +++, and then @@, are wanted",
    );
  }
  let made = oneTo(text, file, first);
  for (const [at, diff] of rest.entries()) {
    const next = inSeries(at + 2, diffs.length, () => oneTo(made.text, file, diff));
    made = { ...next, fuzz: Math.max(made.fuzz, next.fuzz) };
  }
  return rest.length === 0 ? made : { ...made, changed: changedLines(text, made.text) };
}

/** Returns what comes of one patch of a series; what is wrong with it is said of that one. */
export function inSeries<T>(number: number, count: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw new PatchError(`patch ${String(number)} of ${String(count)}: ${error.message}`);
  }
}

function oneTo(text: string, file: string, diff: string): Patched {
  const one = partFor(file, parsed(diff));
  for (let fuzz = 0; fuzz <= mostFuzz; fuzz++) {
    for (const compareLine of [exactly, butForBlanks]) {
      for (const tried of [...trimmed(one, fuzz), ...fitted(text, one, fuzz, compareLine), one]) {
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

/** Returns the lines of a text that are new or changed in it, from 1. */
export function changedLines(before: string, after: string): readonly number[] {
  const changed: number[] = [];
  let line = 1;
  for (const { added, removed, count } of diffLines(before, after)) {
    if (added) for (let k = 0; k < count; k++) changed.push(line + k);
    if (!removed) line += count;
  }
  return changed;
}
