/** The case in C with a patch of the reader's own on top, as the explorer and lockdep see it. */
import { explore, type ExploreOptions, type Result } from "../../../explore/index.js";
import { recounted, type KernelC, type SourceFile } from "../../../kernel-c/index.js";
import { kvmFiles, kvmInC, type KvmSize, type KvmTextOptions } from "../../../kvm/index.js";
import type { Scenario } from "../../../machine/index.js";

/** What is under the patch of the reader. */
export type Around = Pick<KvmTextOptions, "fix" | "changes">;

/** Returns the files with a patch; how many lines its hunks have is counted, so that it can be edited by hand. */
export const filesWith = (patch: string, around: Around = {}): readonly SourceFile[] =>
  kvmFiles({ ...around, patches: [recounted(patch)] });

/** Returns the scenario of the case with a patch. */
export const caseWith = (
  kernelC: KernelC,
  patch: string,
  size: KvmSize,
  around?: Around,
): Scenario => kvmInC(kernelC, filesWith(patch, around), "kvm-pi with your patch", size);

/** Returns what the explorer finds in the case with named changes. */
export function exploredCase(
  kernelC: KernelC,
  text: KvmTextOptions,
  size: KvmSize,
  options: ExploreOptions = {},
): Result {
  return explore(kvmInC(kernelC, kvmFiles(text), "kvm-pi", size), options);
}
