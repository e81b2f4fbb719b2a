/** From a file of C to a scenario of the machine. */
import { type Scenario, scenario } from "../../machine/index.js";
import { Faults, KernelCError, type Span } from "../errors/index.js";
import type { CParser, Parsed } from "../parse/parser.js";
import { Source, type SourceFile, joinFiles } from "../parse/source.js";
import { type Run, type RunComments, readRunComments } from "../run-comments/run.js";
import { type Vocabulary, vocabularyOf } from "../vocabulary/index.js";
import { headersFor } from "../headers/index.js";
import { type Outside, attempt } from "./attempt.js";
import { misspelt } from "./call/misspelt.js";
import { startedThreads } from "./started-threads.js";
import { Learned } from "./context/learned.js";
import { classNames } from "./declare/class-names.js";
import type { Outlines } from "./context/outline.js";

/** What reads texts, and what it has seen of them. */
export interface Reading {
  readonly parser: CParser;
  readonly outlines: Outlines;
}

/** What is said beside a file. */
export interface TranslateOptions extends Outside {
  /** As it is named in errors and traces. */
  readonly file: string;
  /** What runs, in place of what the comments say. */
  readonly runs?: readonly Run[];
  readonly cpus?: number | undefined;
  readonly name?: string | undefined;
}

/** What the kernel's headers declare. */
const known = vocabularyOf();

/** More rounds than this are no progress. */
const mostRounds = 200;

/** A file that was translated. */
export interface Translated {
  readonly scenario: Scenario;
  readonly comments: RunComments;
}

/**
 * Returns the scenario of a file.
 *
 * @throws KernelCError with all that is wrong with it
 */
export function translateC(
  { parser, outlines }: Reading,
  written: string | readonly SourceFile[],
  options: TranslateOptions,
): Translated {
  const given = typeof written === "string" ? [{ file: options.file, text: written }] : written;
  const constants = new Map([...known.constants, ...Object.entries(options.constants ?? {})]);
  const vocabulary = { ...known, constants };
  const { faults, source, parsed, files } = readWithHeaders(parser, given, options, vocabulary);
  const ownEnd = joinFiles(given).length;
  const { text } = source;
  const inText = faults.count;
  const comments = readRunComments(parsed.unit.comments, source, faults);
  const said = options.runs ?? comments.runs;
  const isHosted = options.host !== undefined;
  const runs = isHosted ? said : [...said, ...startedThreads(parsed.unit, said)];
  const count = options.cpus ?? comments.cpus ?? null;
  let cpus = count ?? cpusOf(parsed, runs);
  for (const run of runs) {
    if (typeof run.on === "number" && run.on >= cpus) {
      faults.add(
        run.at,
        `there is no CPU ${String(run.on)}: there are ${String(cpus)}, counted from 0`,
      );
    }
  }
  sharedCpus(runs, faults);
  // What could not be read hides no misspelt name elsewhere.
  if (!faults.none && (!parsed.isJudgeable || faults.count > inText)) {
    misspelt(parsed.unit, vocabulary, faults);
    throw new KernelCError(text, faults.all);
  }
  const toTranslate = {
    parsed,
    vocabulary,
    outlines,
    classes: classNames(parsed.unit, vocabulary),
    runs,
    hasSignals: comments.signals,
    isOwn: (at: Span) => at.start < ownEnd,
    outside: options,
  };
  const learned = new Learned();
  for (let round = 0; round < mostRounds; round++) {
    const found = new Faults();
    const made = attempt(toTranslate, learned, found, cpus);
    if (learned.wasTooEarly() || made === null) continue;
    // What comes to any CPU could not run beside anybody if there were no other.
    if (made.hasHandlers && count === null && cpus === cpusOf(parsed, runs)) {
      cpus += 1;
      continue;
    }
    for (const { at, message } of found.all) faults.add(at, message);
    if (made.isIdle) {
      faults.add(source.span(0, 1), nothingRuns);
      misspelt(parsed.unit, vocabulary, faults);
    }
    if (!faults.none) throw new KernelCError(text, faults.all);
    const name = options.name ?? comments.name ?? options.file.replace(/^.*\//, "");
    const { kernel } = comments;
    const { leftOut } = made;
    const plain = {
      ...scenario(name, made.options()),
      sources: files,
      ...(leftOut.length > 0 && { leftOut }),
    };
    return { scenario: kernel === null ? plain : { ...plain, kernel }, comments };
  }
  throw new Error(`${options.file}: the types of its variables could not be found out`);
}

const nothingRuns = "nothing runs: a comment says what does, as in /* lab: thread FUNCTION on 0 */";

/** Reads files, and what they need of the kernel's headers. */
function readWithHeaders(
  parser: CParser,
  given: readonly SourceFile[],
  { file }: TranslateOptions,
  { macros }: Vocabulary,
) {
  const read = (files: readonly SourceFile[]) => {
    const faults = new Faults();
    const [only, ...others] = files;
    const text = only !== undefined && others.length === 0 ? only.text : joinFiles(files);
    const source = new Source(file, text, files);
    return { faults, source, files, parsed: parser.parse(source, macros, faults) };
  };
  const alone = read(given);
  const headers = headersFor(alone.parsed.unit);
  return headers.length === 0 ? alone : read([...given, ...headers]);
}

/** Returns how many CPUs there are where nobody says so: those that are named, and none if nothing needs one by its number. */
function cpusOf({ unit }: Parsed, runs: readonly Run[]): number {
  const named = runs.flatMap(({ on }) =>
    typeof on === "number" ? [on + 1] : on === "all" ? [1] : [],
  );
  const perCpu = unit.variables.some((of) => of.perCpu);
  return Math.max(perCpu ? 1 : 0, ...named);
}

/** Two threads on one CPU would run on it at once: each has it for itself. */
function sharedCpus(runs: readonly Run[], faults: Faults): void {
  const owners = new Map<Run["on"], Run>();
  for (const run of runs) {
    if (run.kind !== "thread" || run.on === "own") continue;
    const other =
      owners.get(run.on) ??
      owners.get("all") ??
      (run.on === "all" ? [...owners.values()][0] : undefined);
    if (other !== undefined) {
      faults.add(
        run.at,
        `${other.function}() and ${run.function}() each have CPU ${String(run.on)} for themselves; put one of them on another CPU`,
      );
    }
    owners.set(run.on, run);
  }
}
