/** Whether a patch does to code in other words what it does to the case: lines alike may stand elsewhere, too. */
import { PatchError, type SourceFile } from "../../kernel-c/index.js";
import { kvmFiles } from "../c/kvm-files.js";
import { fixes } from "../variations/index.js";
import { definitionsIn } from "./definitions.js";

/**
 * Returns whether each line that a patch has added stands in a function in which it stands in the case, too, where that
 * is patched: with the first of its fixes to which the patch applies.
 */
export function isAtHome(files: readonly SourceFile[], patch: string): boolean {
  const wanted = inTheCase(patch);
  if (wanted === null) return true;
  const [here, there] = [definitionsOf(files), definitionsOf(wanted)];
  const added = patch
    .split("\n")
    .flatMap((line) => (/^\+(?!\+\+ )/.test(line) && line.length > 1 ? [line.slice(1)] : []));
  return added.every((line) => {
    const homes = homesOf(there, line);
    return homesOf(here, line).some((home) => homes.includes(home));
  });
}

/** The case with the patch; null where it applies to none of its fixes. */
function inTheCase(patch: string): readonly SourceFile[] | null {
  for (const fix of ["none", ...fixes.map(({ name }) => name)] as const) {
    try {
      return kvmFiles({ fix, patches: [patch] });
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
    }
  }
  return null;
}

const definitionsOf = (files: readonly SourceFile[]): ReturnType<typeof definitionsIn> =>
  files.flatMap(({ text }) => definitionsIn(text));

/** The functions that have a line, by name; null stands for the rest of the text. */
const homesOf = (
  definitions: ReturnType<typeof definitionsIn>,
  line: string,
): readonly (string | null)[] =>
  definitions.flatMap((one) => (one.text.includes(line) ? [one.function] : []));
