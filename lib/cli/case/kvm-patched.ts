/** The case in C with a patch of the user's own. */
import { basename } from "node:path";
import { KernelCError, PatchError } from "../../kernel-c/index.js";
import { type KvmTextOptions, kvmFiles, kvmInC, lockdepInOrdersOfC } from "../../kvm/index.js";
import { titleOf } from "../../kvm/variations/index.js";
import type { Case, CaseOptions } from "./case.js";
import { kvmCodeNames } from "./cases.js";
import { FileError } from "../frame/file-error.js";
import { readText } from "../frame/read-text.js";

/** Returns the case with a patch applied after the fix, the mutant and the changes that are named. */
export async function kvmPatched(base: Case, patchFile: string): Promise<Case> {
  const patch = readText(patchFile);
  // Only who reads C waits for its parser.
  const { loadKernelC } = await import("../../notebook/kernel-c.js");
  const kernelC = await loadKernelC();
  const textOf = (options: CaseOptions): KvmTextOptions => ({
    ...kvmCodeNames(options),
    patches: [patch],
  });
  return {
    ...base,
    make: (options) => {
      const { cpus = 2, vcpus = 2 } = options;
      const title = `${titleOf(kvmCodeNames(options))} + ${basename(patchFile)}`;
      return ofUser(() => kvmInC(kernelC, kvmFiles(textOf(options)), title, { cpus, vcpus }));
    },
    lockdep: (options) => ofUser(() => lockdepInOrdersOfC(kernelC, kvmFiles(textOf(options)))),
  };
}

/** Returns what is made of the user's text; what is wrong with that is said as it stands. */
export function ofUser<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof KernelCError || error instanceof PatchError) {
      throw new FileError(error.message);
    }
    throw error;
  }
}
