/** Kernel C as scenarios: what a file, or a text in a cell, does on every interleaving. */
import type { Scenario } from "../machine/index.js";
import { scenarioOnce } from "../machine/translate/kept-translations.js";
import { Faults, KernelCError } from "./errors/index.js";
import { type ParserModules, loadParser } from "./parse/parser.js";
import { Source, type SourceFile } from "./parse/source.js";
import { type Run, readRun } from "./run-comments/run.js";
import type { Outside } from "./translate/attempt.js";
import { Outlines } from "./translate/context/outline.js";
import { type Reading, translateC } from "./translate/translate.js";

/** A function that runs: `"left on 0 forever"`, as in a comment of a file. */
export type RunText = string;

/** What is said beside a text. */
export interface KernelCOptions {
  /** As the text is named in errors and traces; `kernel.c` unless told. */
  readonly file?: string;
  /** The name of the scenario; that of the file unless told. */
  readonly name?: string;
  /** 1 to 64; as many as are named, unless told. */
  readonly cpus?: number;
  /** `"FUNCTION on CPU"`, `"FUNCTION(ARGUMENTS) on CPU forever"`; in place of the comments of the text. */
  readonly threads?: readonly RunText[];
  /** `"FUNCTION on CPU"`: a device raises it at any moment, or never again. */
  readonly hardirqs?: readonly RunText[];
  readonly softirqs?: readonly RunText[];
  /** `"FUNCTION on CPU"`: it comes at any moment, IRQs on or off, or never again. */
  readonly nmis?: readonly RunText[];
}

/** For texts with a scheduler of their own: what they leave open, and who runs their functions. */
export type HostedOptions = Pick<KernelCOptions, "file" | "name" | "cpus"> & Outside;

/**
 * Turns kernel C into scenarios: returns the scenario of a text, or throws a `KernelCError` with all that is
 * wrong with it, as a compiler prints it.
 */
export interface KernelC {
  (text: string, options?: KernelCOptions): Scenario;
  /** Of several files, whose functions are run as a host says. */
  readonly hosted: (files: readonly SourceFile[], options: HostedOptions) => Scenario;
}

/**
 * Returns what turns kernel C into scenarios, once the parser is there.
 *
 * @param modules the two WebAssembly modules, from where the host has them
 * @throws Error if they are not what they should be
 */
export async function kernelCFrom(modules: ParserModules): Promise<KernelC> {
  const reading = { parser: await loadParser(modules), outlines: new Outlines() };
  return Object.assign(
    (text: string, options: KernelCOptions = {}): Scenario =>
      scenarioOnce([text, options], () => kernelC(reading, text, options)),
    {
      hosted: (files: readonly SourceFile[], options: HostedOptions): Scenario => {
        const { file = files[0]?.file ?? "kernel.c" } = options;
        return translateC(reading, files, { ...options, file, runs: [] }).scenario;
      },
    },
  );
}

function kernelC(reading: Reading, text: string, options: KernelCOptions): Scenario {
  const { file = "kernel.c", name, cpus } = options;
  const runs = runsIn(options, text, file);
  const { scenario } = translateC(reading, text, {
    file,
    name,
    cpus,
    ...(runs === null ? {} : { runs }),
  });
  return scenario;
}

/** Returns what is said beside the text about what runs; null if nothing is. */
function runsIn(
  { threads, hardirqs, softirqs, nmis }: KernelCOptions,
  text: string,
  file: string,
): readonly Run[] | null {
  if ([threads, hardirqs, softirqs, nmis].every((of) => of === undefined)) return null;
  const faults = new Faults();
  const at = new Source(file, text).span(0, 1);
  const read = (kind: Run["kind"], all: readonly RunText[] = []): readonly Run[] =>
    all.flatMap((said) => {
      const run = readRun(kind, said);
      if (run !== null) return [{ ...run, at, argsAt: at }];
      faults.add(at, `${kind}: "FUNCTION on CPU" is wanted, and not "${said}"`);
      return [];
    });
  const runs = [
    ...read("thread", threads),
    ...read("hardirq", hardirqs),
    ...read("softirq", softirqs),
    ...read("nmi", nmis),
  ];
  if (!faults.none) throw new KernelCError(text, faults.all);
  return runs;
}

/**
 * Returns a text of C as it is: a tag that says to editors and readers what stands in the template.
 *
 * @example
 * c`static DEFINE_MUTEX(a);` // "static DEFINE_MUTEX(a);"
 */
export function c(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: strings.raw }, ...values);
}
