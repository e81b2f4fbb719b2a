/** A file in the place of a case: kernel C, or a module that exports a scenario. */
import { basename, extname } from "node:path";
import { KernelCError, PatchError, applyPatchTo } from "../../kernel-c/index.js";
import type { Case } from "./case.js";
import { type NamedCase, caseOf, given } from "./case-options.js";
import { FileError } from "../frame/file-error.js";
import { kvmPatched } from "./kvm-patched.js";
import { plainCase } from "./plain-case.js";
import { UsageError } from "../frame/program.js";
import { readText } from "../frame/read-text.js";
import type { Translated } from "../../machine/translate/kept-translations.js";
import { translated, translatedC } from "./translated.js";

/** A case by its name, or a file, perhaps with a patch. */
export interface CaseOrFile extends NamedCase {
  readonly patch?: string;
}

const modules: readonly string[] = [".ts", ".mts", ".mjs", ".js"];

/**
 * Returns the case that is meant: a file, if one is given.
 *
 * @throws FileError that says what is wrong with the file or the patch
 * @throws UsageError for options that mean nothing beside a file
 */
export async function caseOrFile(file: string | undefined, options: CaseOrFile): Promise<Case> {
  if (file === undefined) {
    const found = caseOf(options);
    if (options.patch === undefined) return found;
    if (found.name === "kvm-pi") return kvmPatched(found, options.patch);
    throw new UsageError(
      "--patch is for kvm-pi, or for a file of C, as in lab explore FILE.c --patch FIX.diff",
    );
  }
  const [other] = given(options);
  if (other !== undefined) throw new UsageError(`--${other} is for cases, not for files`);
  try {
    const of = await translatedFile(file, options.patch);
    const { scenario } = of;
    return { ...plainCase(file, scenario.name, () => scenario), make: () => Promise.resolve(of) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FileError(`${basename(file)}: ${error.message}`);
  }
}

async function translatedFile(file: string, patch: string | undefined): Promise<Translated> {
  const extension = extname(file);
  if (extension === ".c") return ofC(file, patch);
  if (patch !== undefined) throw new UsageError("--patch is for files of C");
  if (modules.includes(extension)) {
    const { scenarioIn } = await import("./scenario-module.js");
    return translated(await scenarioIn(file));
  }
  throw new UsageError(`${file}: a file of C (.c) or a module (.ts, .mjs) is wanted`);
}

async function ofC(file: string, patch: string | undefined): Promise<Translated> {
  const name = basename(file);
  try {
    const text = readText(file);
    const patched = patch === undefined ? text : applyPatchTo(text, name, readText(patch)).text;
    return await translatedC([name, patched], async () => {
      // Only a command that reads C waits for its parser.
      const { loadKernelC } = await import("../../notebook/kernel-c.js");
      const kernelC = await loadKernelC();
      return kernelC(patched, { file: name });
    });
  } catch (error) {
    if (error instanceof KernelCError || error instanceof PatchError) {
      throw new FileError(error.message);
    }
    throw error;
  }
}
