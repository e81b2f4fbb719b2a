/** The case in C with a patch of the user's own. */
import { basename } from "node:path";
import { KernelCError, PatchError } from "../../kernel-c/index.js";
import { type KvmTextOptions, kvm, kvmFiles, lockdepInOrders } from "../../kvm/index.js";
import { translatedPaths } from "../../kvm/c/paths-once.js";
import { titleOf } from "../../kvm/variations/index.js";
import type { Case, CaseOptions } from "./case.js";
import { kvmCodeNames, parser } from "./cases.js";
import { FileError } from "../frame/file-error.js";
import { readText } from "../frame/read-text.js";
import { pathsOfC, translatedC } from "./translated.js";

/** Returns the case with a patch applied after the fix, the mutant and the changes that are named. */
export function kvmPatched(base: Case, patchFile: string): Case {
  const patch = readText(patchFile);
  const textOf = (options: CaseOptions): KvmTextOptions => ({
    ...kvmCodeNames(options),
    patches: [patch],
  });
  return {
    ...base,
    make: (options) => {
      const { cpus = 2, vcpus = 2 } = options;
      const name = `${titleOf(kvmCodeNames(options))} + ${basename(patchFile)}`;
      const of = { ...textOf(options), cpus, vcpus };
      return translatedC({ ...of, name }, async () => {
        const kernelC = await parser();
        return { ...ofUser(() => kvm(kernelC, of)), name };
      });
    },
    lockdep: async (options) => {
      const of = textOf(options);
      const make = async () => {
        const kernelC = await parser();
        return ofUser(() => translatedPaths(kernelC, kvmFiles(of)));
      };
      return lockdepInOrders(await pathsOfC(of, make));
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
