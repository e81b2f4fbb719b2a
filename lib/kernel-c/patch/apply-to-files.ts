/** Applies a patch to several files: all of it, or nothing. */
import { type StructuredPatch, parsePatch } from "diff";
import type { SourceFile } from "../parse/source.js";
import { PatchError, applyPatchTo, changedLines, inSeries } from "./apply.js";
import { findDiff, findDiffs } from "./find-diff.js";

/** Files with a patch applied. */
export interface PatchedFiles {
  readonly files: readonly SourceFile[];
  /** The lines that the patch has added or changed in each file, from 1. */
  readonly changed: ReadonlyMap<string, readonly number[]>;
  /** How many lines of context did not fit. */
  readonly fuzz: number;
}

/**
 * Returns files with a patch applied; each part of it is for the file of its name.
 *
 * @param patch a diff, or a mail that has one in it
 * @throws PatchError that shows each hunk which does not apply, beside the nearest place
 */
export function applyPatchToFiles(files: readonly SourceFile[], patch: string): PatchedFiles {
  const diffs = findDiffs(patch);
  const [first = patch, ...rest] = diffs;
  let made = oneToFiles(files, first);
  for (const [at, diff] of rest.entries()) {
    const next = inSeries(at + 2, diffs.length, () => oneToFiles(made.files, diff));
    made = { ...next, fuzz: Math.max(made.fuzz, next.fuzz) };
  }
  if (rest.length === 0) return made;
  const changed = made.files.flatMap(({ file, text }) => {
    const before = files.find((one) => one.file === file)?.text ?? "";
    return text === before ? [] : [[file, changedLines(before, text)] as const];
  });
  return { ...made, changed: new Map(changed) };
}

function oneToFiles(files: readonly SourceFile[], patch: string): PatchedFiles {
  const known = new Set(files.map(({ file }) => file));
  const names = namesIn(patch, known);
  const strange = names.filter((name) => !known.has(name));
  const [only] = files;
  // A patch for one file of another name is for the only file that there is.
  const renamed = files.length === 1 && names.length === 1;
  if (strange.length > 0 && !renamed) {
    throw new PatchError(
      `the patch is for ${strange.join(", ")}, and the case has ${[...known].join(", ")}`,
    );
  }
  const failures: string[] = [];
  const changed = new Map<string, readonly number[]>();
  let fuzz = 0;
  const patched = files.map((one): SourceFile => {
    if (!names.includes(one.file) && !(renamed && one === only)) return one;
    try {
      const made = applyPatchTo(one.text, one.file, patch);
      changed.set(one.file, made.changed);
      fuzz = Math.max(fuzz, made.fuzz);
      return { file: one.file, text: made.text };
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
      failures.push(error.message);
      return one;
    }
  });
  if (failures.length > 0) throw new PatchError(failures.join("\n"));
  return { files: patched, changed, fuzz };
}

/** The files that a patch changes, by name; none where it cannot be read, which applying it then says. */
function namesIn(patch: string, known: ReadonlySet<string>): readonly string[] {
  const diff = findDiff(patch);
  if (diff === null) {
    throw new PatchError(
      "there is no diff in the patch: lines that begin with --- and +++, and then @@, are wanted",
    );
  }
  const parts = parsed(diff).filter(({ hunks }) => hunks.length > 0);
  if (parts.length === 0) {
    throw new PatchError("the diff has no hunks: lines that begin with @@ are missing");
  }
  return [...new Set(parts.map((part) => nameOf(part, known)))];
}

function parsed(diff: string): readonly StructuredPatch[] {
  try {
    return parsePatch(diff);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PatchError(`the diff cannot be read: ${why}`);
  }
}

/** The name of what is patched: the one that is known, as `posted_intr.c` beside `posted_intr.c.orig`; of a file that is made or removed, the one that is there. */
const nameOf = (
  { oldFileName, newFileName }: StructuredPatch,
  known: ReadonlySet<string>,
): string => {
  const [old, now] = [oldFileName, newFileName].map((name) =>
    (name ?? "").replace(/\t.*$/, "").replace(/^.*\//, ""),
  );
  const found = [old, now].find((name) => name !== undefined && known.has(name));
  if (found !== undefined) return found;
  return old === undefined || old === "" || old === "null" ? (now ?? "") : old;
};
