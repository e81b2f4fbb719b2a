/** The case in C with a patch of the user's own. */
import { basename } from "node:path";
import { KernelCError, PatchError } from "../../kernel-c/index.js";
import { type KvmTextOptions, kvm, lockdepInOrders, pathsOnce } from "../../kvm/index.js";
import { titleOf } from "../../kvm/variations/index.js";
import type { Case, CaseOptions } from "./case.js";
import { kvmCodeNames, parser } from "./cases.js";
import { FileError } from "../frame/file-error.js";
import { readText } from "../frame/read-text.js";

/** Returns the case with a patch applied after the fix, the mutant and the changes that are named. */
export function kvmPatched(base: Case, patchFile: string): Case {
  const patch = readText(patchFile);
  const textOf = (options: CaseOptions): KvmTextOptions => ({
    ...kvmCodeNames(options),
    patches: [patch],
  });
  return {
    ...base,
    make: async (options) => {
      const { cpus = 2, vcpus = 2 } = options;
      const name = `${titleOf(kvmCodeNames(options))} + ${basename(patchFile)}`;
      const kernelC = await parser();
      return { ...ofUser(() => kvm(kernelC, { ...textOf(options), cpus, vcpus })), name };
    },
    lockdep: async (options) => {
      const kernelC = await parser();
      return lockdepInOrders(ofUser(() => pathsOnce(kernelC, textOf(options))));
    },
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
