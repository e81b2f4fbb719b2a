/** The case in C: its files with patches applied. */
import { PatchError, type SourceFile, applyPatchToFiles } from "../../kernel-c/index.js";
import { named } from "../../primitives/named.js";
import {
  type ChangeName,
  type FixName,
  type KvmOptions,
  type MutantName,
  changes,
  fixes,
  mutants,
} from "../variations/index.js";
import type { Annotation } from "../variations/annotation.js";
import { shown } from "../../primitives/shown.js";
import { annotated } from "./annotation-patch.js";
import { texts } from "./texts.js";

/** Which text: names, and then patches of the reader's own. */
export interface KvmTextOptions extends KvmOptions {
  /** Subclasses of the wakeup lock, path by path: told as the patch would that they stand for. */
  readonly annotation?: Partial<Annotation>;
  /** Files of the case in other words, by their names; patches are applied to these. */
  readonly replaced?: readonly SourceFile[];
  /** Diffs, or mails that have one in them, applied after the named ones. */
  readonly patches?: readonly string[];
}

/**
 * Returns the files of the case with a fix, a mutant, changes, an annotation and further patches applied, in this order.
 *
 * @throws UnknownNameError naming the nearest names
 * @throws PatchError where a patch does not fit what those before it left; nothing is half applied
 */
export function kvmFiles(options: KvmTextOptions = {}): readonly SourceFile[] {
  const { replaced = [] } = options;
  const names = texts.files.map(({ file }) => ({ name: file }));
  const others = new Map(
    replaced.map((one) => [named("file of the case", one.file, names).name, one]),
  );
  const { annotation = {}, patches = [] } = options;
  const plain = texts.files.map((one) => others.get(one.file) ?? one);
  return withPatches(
    annotated(withPatches(plain, namedPatches(options)), annotation),
    patches.map((patch) => [patch]),
  );
}

const withPatches = (
  files: readonly SourceFile[],
  patches: readonly Forms[],
): readonly SourceFile[] => patches.reduce((before, forms) => applied(before, forms), files);

/** The files with the first form of a patch that fits; if none does, what is wrong with the first is thrown. */
function applied(files: readonly SourceFile[], [form, ...others]: Forms): readonly SourceFile[] {
  if (form === undefined) return files;
  try {
    return applyPatchToFiles(files, form).files;
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    for (const other of others) {
      try {
        return applyPatchToFiles(files, other).files;
      } catch (again) {
        if (!(again instanceof PatchError)) throw again;
      }
    }
    throw error;
  }
}

/** A patch in one form, or in several of which one is made for the fix; none where it changes nothing. */
type Forms = readonly string[];

function namedPatches(options: KvmTextOptions): readonly Forms[] {
  const { fix = "none", mutant = "m0", changes: wanted = [] } = options;
  const given: unknown = wanted;
  if (!Array.isArray(given)) {
    throw new TypeError(`changes: a list of names is wanted, not ${shown(given)}`);
  }
  const fixName = named("fix", fix, fixes).name;
  const of = (name: MutantName | ChangeName): Forms => formsOf(name, fixName);
  const own = texts.fixes[fixName] ?? "";
  return [
    own === "" ? [] : [own],
    of(named("mutant", mutant, mutants).name),
    ...wanted.map((name) => of(named("change", name, changes).name)),
  ];
}

/**
 * Returns the patch that a fix is; empty for `none`.
 *
 * @throws UnknownNameError naming the nearest names
 * @example
 * fixPatch("out1").includes("raw_spin_lock_nested") // true
 */
export const fixPatch = (fix: FixName): string => texts.fixes[named("fix", fix, fixes).name] ?? "";

/**
 * Returns the patches that a mutant or a change is, the one for a fix first: where a fix has moved the lines that
 * another patch is about, that has a form for the fix. One that changes nothing has none.
 */
export function formsOf(bug: MutantName | ChangeName, fix: FixName = "none"): readonly string[] {
  // A mutant that is a change too is the same patch.
  const all = Object.entries({ ...texts.changes, ...texts.mutants }).filter(
    ([key]) => key.replace(/@.*$/, "") === bug,
  );
  const rank = ([key]: readonly [string, string]): number =>
    key === `${bug}@${fix}` ? 0 : key === bug ? 1 : 2;
  const [first = "", ...others] = all.sort((a, b) => rank(a) - rank(b)).map(([, patch]) => patch);
  return first === "" ? [] : [first, ...others.filter((patch) => patch !== "")];
}
