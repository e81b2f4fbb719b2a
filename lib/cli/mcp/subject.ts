/** What an agent asks about: C in the request, a file of C, or a case by name. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { atlasCase } from "../../atlas/index.js";
import { applyPatchTo } from "../../kernel-c/index.js";
import { translate, type Scenario } from "../../machine/index.js";
import { loadKernelC } from "../../notebook/kernel-c.js";
import { caseOf } from "../case/case-options.js";
import { FileError } from "../frame/file-error.js";
import { plainCase } from "../case/plain-case.js";
import type { Case, CaseOptions } from "../case/case.js";
import { RequestError } from "./answer.js";

const mostCode = 1_000_000;

/** The arguments that say what is asked about; one of the first four. */
export const subjectShape = {
  code: z
    .string()
    .max(mostCode)
    .optional()
    .describe("kernel C, whose comments say what runs: /* lab: thread FUNCTION on 0 */"),
  file: z.string().optional().describe("path of such a file, *.c"),
  atlas: z.string().optional().describe("a real report's case, as lab atlas lists them"),
  case: z.string().optional().describe("a case by name, such as kvm-pi, abba or dining"),
  fix: z.string().optional().describe("kvm-pi: the fix, such as none, final, out1"),
  mutant: z.string().optional().describe("kvm-pi: the bug to add, m0 to m9"),
  cpus: z.int().min(1).max(4).optional().describe("kvm-pi: CPUs, 1 to 4"),
  vcpus: z.int().min(1).max(4).optional().describe("kvm-pi: vCPUs, 1 to 4"),
};

/** The arguments, as they come. */
export type SubjectArgs = {
  readonly [Name in keyof typeof subjectShape]?: z.infer<(typeof subjectShape)[Name]>;
};

/** C by its text. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** Returns the C that is asked about, or null where it is a case of the lab's own. */
export function sourceOf({ code, file, atlas, case: name }: SubjectArgs): SourceText | null {
  const given = [code, file, atlas, name].filter((each) => each !== undefined).length;
  if (given !== 1) {
    throw new RequestError("give one of code, file, atlas and case: what is to be looked at");
  }
  if (code !== undefined) return { name: "request.c", text: code };
  if (atlas !== undefined) return { name: `${atlas}.c`, text: atlasCase(atlas).texts.code };
  return file === undefined ? null : { name: basename(file), text: readC(file) };
}

function readC(file: string): string {
  if (!file.endsWith(".c")) throw new RequestError(`${file}: only files of C (*.c) are read`);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FileError(`cannot read ${file}: ${why}`);
  }
}

/** Returns the case of some C, perhaps with a patch. */
export async function caseOfSource({ name, text }: SourceText, patch?: string): Promise<Case> {
  const patched = patch === undefined ? text : applyPatchTo(text, name, patch).text;
  const kernelC = await loadKernelC();
  return checked(name, kernelC(patched, { file: name }));
}

function checked(name: string, scenario: Scenario): Case {
  try {
    translate(scenario);
  } catch (error) {
    if (error instanceof TypeError) throw new FileError(`${name}: ${error.message}`);
    throw error;
  }
  return plainCase(name, scenario.name, () => scenario);
}

/** Returns what is asked about. */
export async function caseOfArgs(args: SubjectArgs): Promise<Case> {
  const source = sourceOf(args);
  return source === null
    ? caseOf({ case: args.case ?? "", ...optionsOf(args) })
    : caseOfSource(source);
}

/** Returns the size and the code of a case; nothing for what was not given. */
export function optionsOf({ fix, mutant, cpus, vcpus }: SubjectArgs): CaseOptions {
  return {
    ...(fix === undefined ? {} : { fix }),
    ...(mutant === undefined ? {} : { mutant }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(vcpus === undefined ? {} : { vcpus }),
  };
}
