/** The case in C: its files with patches applied. */
import { type SourceFile, applyPatchToFiles } from "../../kernel-c/index.js";
import { named } from "../../primitives/named.js";
import {
  type ChangeName,
  type KvmOptions,
  type MutantNumber,
  changes,
  fixes,
  mutants,
} from "../variations/index.js";
import { texts } from "./texts.js";

/** Which text: names, and then patches of the reader's own. */
export interface KvmTextOptions extends KvmOptions {
  /** Files of the case in other words, by their names; patches are applied to these. */
  readonly replaced?: readonly SourceFile[];
  /** Diffs, or mails that have one in them, applied after the named ones. */
  readonly patches?: readonly string[];
  /** Mutants and changes that are applied after those patches. */
  readonly last?: readonly (MutantNumber | ChangeName)[];
}

/**
 * Returns the files of the case with a fix, a mutant, changes and further patches applied, in this order.
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
  return patchesOf(options).reduce<readonly SourceFile[]>(
    (files, patch) => applyPatchToFiles(files, patch).files,
    texts.files.map((one) => others.get(one.file) ?? one),
  );
}

function patchesOf(options: KvmTextOptions): readonly string[] {
  const { fix = "none", mutant = "m0", changes: wanted = [], patches = [], last = [] } = options;
  const fixName = named("fix", fix, fixes).name;
  const mutantName = named("mutant", mutant, mutants).name;
  // Where a fix has moved the lines that another patch is about, that has a form for the fix.
  const of = (kind: "mutants" | "changes", name: string): string | undefined =>
    texts[kind][`${name}@${fixName}`] ?? texts[kind][name];
  const all = [
    texts.fixes[fixName],
    // A mutant that is a change too is the same patch.
    of("mutants", mutantName) ?? of("changes", mutantName),
    ...wanted.map((name) => of("changes", named("change", name, changes).name)),
  ];
  const later = last.map((name) => {
    const found = mutants.find(({ number }) => number === name);
    return found === undefined
      ? of("changes", named("change", name, changes).name)
      : (of("mutants", found.name) ?? of("changes", found.name));
  });
  // One that changes nothing is empty.
  const given = (patch: string | undefined): readonly string[] =>
    patch === undefined || patch === "" ? [] : [patch];
  return [...all.flatMap(given), ...patches, ...later.flatMap(given)];
}
