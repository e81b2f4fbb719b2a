/** One function of the case's files, to be read. */
import { named } from "../../primitives/named.js";
import { type KvmTextOptions, kvmFiles } from "./kvm-files.js";

const definition = /^(?!\s|#)[^;={}/]*?\b(\w+)\([^;{}]*\)\n\{\n(?:.*\n)*?\}$/gm;

/**
 * Returns the text of a function of the case in C, with a fix, a mutant, changes and patches applied.
 *
 * @param name the function's: `vmx_vcpu_pi_load`
 * @throws UnknownNameError naming the nearest names
 * @throws PatchError where a patch does not fit
 * @example
 * kvmFunction("pi_wakeup_handler").includes("list_for_each_entry") // true
 */
export function kvmFunction(name: string, options: KvmTextOptions = {}): string {
  const functions = kvmFiles(options).flatMap(({ text }) =>
    [...text.matchAll(definition)].map(([whole, called = ""]) => ({ name: called, whole })),
  );
  return named("function of the case", name, functions).whole;
}
