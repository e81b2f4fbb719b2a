/** From a file of C to a scenario of the machine. */
import {
  CPU,
  type Dimension,
  type IdSet,
  type Process,
  type Scenario,
  idSet,
  list,
  scenario,
  signals,
} from "../../machine/index.js";
import { Faults, KernelCError } from "../errors/index.js";
import type { Expression } from "../parse/ast.js";
import type { CParser, Parsed } from "../parse/parser.js";
import { Source, type SourceFile, joinFiles } from "../parse/source.js";
import { type Run, type RunComments, readRunComments } from "../run-comments/run.js";
import { type Vocabulary, vocabularyOf } from "../vocabulary/index.js";
import { constantOf } from "./expression/value/constants.js";
import type { HeadNumbers, LinkedList, Owner, Shared } from "./context/context.js";
import { Declarer } from "./declare/declare.js";
import type { FirstValue } from "./declare/storage.js";
import { type MakeHost, hosted } from "./host.js";
import { Learned } from "./context/learned.js";
import { NamedPlaces } from "./context/named-places.js";
import { processesOf, threadNames } from "./processes.js";
import { misspelt } from "./call/misspelt.js";
import { learnFromSetUp } from "./set-up.js";
import { worldOf } from "./world.js";

/** What is said beside a file. */
export interface TranslateOptions extends Outside {
  /** As it is named in errors and traces. */
  readonly file: string;
  /** What runs, in place of what the comments say. */
  readonly runs?: readonly Run[];
  readonly cpus?: number | undefined;
  readonly name?: string | undefined;
}

/** What a text leaves open, and who runs it where comments cannot say that. */
export interface Outside {
  /** Values of names that the text leaves open, such as `NR_VCPUS`. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Sets of the machine in which the objects of a structure are, by its tag. */
  readonly sets?: Readonly<Record<string, IdSet>>;
  /** Sets by the name of a constant that says how many members there are, as `NR_CPUS` does of CPUs. */
  readonly counted?: Readonly<Record<string, IdSet>>;
  /** First values that no initialiser can say, by the name of the variable: `runqueues.queue`. */
  readonly first?: Readonly<Record<string, FirstValue>>;
  /** What runs the functions of the text, in place of all that comments say. */
  readonly host?: MakeHost;
}

/** What the kernel's headers declare. */
const known = vocabularyOf();

/** Constants that say how many CPUs there are. */
const countsCpus: ReadonlySet<string> = new Set(["NR_CPUS", "nr_cpu_ids"]);

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
  parser: CParser,
  given: string | readonly SourceFile[],
  options: TranslateOptions,
): Translated {
  const files = typeof given === "string" ? [] : given;
  const text = typeof given === "string" ? given : joinFiles(given);
  const constants = new Map([...known.constants, ...Object.entries(options.constants ?? {})]);
  const vocabulary = { ...known, constants };
  const faults = new Faults();
  const source = new Source(options.file, text, files);
  const parsed = parser.parse(source, vocabulary.macros, faults);
  const inText = faults.all.length;
  const comments = readRunComments(parsed.unit.comments, source, faults);
  const runs = options.runs ?? comments.runs;
  const isRead = faults.none || parsed.isJudgeable;
  if (runs.length === 0 && isRead && options.host === undefined) {
    faults.add(
      source.span(0, 1),
      "nothing runs: a comment says what does, as in /* lab: thread FUNCTION on 0 */",
    );
  }
  const said = options.cpus ?? comments.cpus ?? null;
  let cpus = said ?? cpusOf(parsed, runs);
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
  if (!faults.none && (!parsed.isJudgeable || faults.all.length > inText)) {
    misspelt(parsed.unit, vocabulary, faults);
    throw new KernelCError(text, faults.all);
  }
  const learned = new Learned();
  for (let round = 0; round < mostRounds; round++) {
    const found = new Faults();
    const { made, hasHandlers } = attempt(
      parsed,
      vocabulary,
      learned,
      found,
      cpus,
      runs,
      comments.signals,
      options,
    );
    if (learned.grew()) continue;
    // What comes to any CPU could not run beside anybody if there were no other.
    if (hasHandlers && said === null && cpus === cpusOf(parsed, runs)) {
      cpus += 1;
      continue;
    }
    for (const { at, message } of found.all) faults.add(at, message);
    if (!faults.none) throw new KernelCError(text, faults.all);
    const name = options.name ?? comments.name ?? options.file.replace(/^.*\//, "");
    const { kernel } = comments;
    const sources = files.length === 0 ? [{ file: options.file, text }] : files;
    const written = { ...scenario(name, made), sources };
    return { scenario: kernel === null ? written : { ...written, kernel }, comments };
  }
  throw new Error(`${options.file}: the types of its variables could not be found out`);
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

function attempt(
  { unit, macroBody }: Parsed,
  vocabulary: Vocabulary,
  learned: Learned,
  faults: Faults,
  cpus: number,
  runs: readonly Run[],
  hasSignals: boolean,
  { sets = {}, counted = {}, first = {}, host }: Outside,
): { readonly made: Parameters<typeof scenario>[1]; readonly hasHandlers: boolean } {
  const constant = (of: Expression): number | null =>
    constantOf(of, {
      unit,
      macroBody,
      named: (name) =>
        vocabulary.constants.get(name) ?? (countsCpus.has(name) && cpus > 0 ? cpus : undefined),
    });
  const declarer = new Declarer({
    unit,
    vocabulary,
    faults,
    learned,
    cpus,
    constant,
    tasks: tasksOf(runs, cpus),
    sets: new Map(Object.entries(sets)),
    counted: new Map(Object.entries(counted)),
    first: new Map(Object.entries(first)),
  });
  const { sizes } = declarer;
  const lists = new Map<string, LinkedList | null>();
  const callees: Owner[] = [];
  const sizeOf = (of: Dimension): number =>
    typeof of === "number" ? of : (sizes.get(of.name) ?? 0);
  const world = worldOf(
    {
      shared: () => shared,
      given: declarer.first.functions,
      callee: (owner) => callees.push(owner),
      tasks: threadNames(runs, cpus),
    },
    cpus,
  );
  const shared: Shared = {
    places: new NamedPlaces(declarer.globals, sizeOf),
    world,
    reached: new Set(),
    unit,
    macroBody,
    vocabulary,
    faults,
    learned,
    cpus,
    cpuSet: CPU,
    globals: declarer.globals,
    pools: declarer.storage.pools,
    embedded: declarer.embedded,
    sizes,
    lists: (member) => {
      const known = lists.get(member);
      if (known !== undefined) return known;
      const made = linkedList(declarer, learned, member, cpus);
      lists.set(member, made);
      return made;
    },
    typeOf: (type, pointers) => declarer.types.typeOf(type, pointers),
    declareLocal: (declared, owner, key) => declarer.local(declared, owner, key),
    declareStatic: (declared, key) => declarer.static(declared, key),
    declaredType: (declared) => declarer.types.declaredType(declared),
    domainOf: (type, key, remark) => declarer.storage.domainOf(type, key, remark),
    constant,
  };
  const made =
    host === undefined
      ? { processes: processesOf(shared, runs, callees) }
      : hosted(shared, host, callees);
  const { processes } = made;
  learnFromSetUp(shared);
  const others = hasSignals ? [signals()] : [];
  // Threads that may be anywhere need none of the numbered CPUs.
  if (cpus === 0) sizes.delete(CPU.name);
  const isSetUp = ({ kind, over }: Process): boolean =>
    over === null && (kind === "hardirq" || kind === "softirq");
  return {
    made: { ...made, sizes: Object.fromEntries(sizes), processes: [...processes, ...others] },
    hasHandlers: processes.some(isSetUp),
  };
}

/** The functions of the tasks, in order: a thread on each CPU is as many. */
const tasksOf = (runs: readonly Run[], cpus: number): readonly string[] =>
  runs
    .filter(({ kind }) => kind === "thread")
    .flatMap((run) => Array.from({ length: run.on === "all" ? cpus : 1 }, () => run.function));

/** The list that links a member, with all its heads; null as long as none is known. */
function linkedList(
  { storage: { pools, links }, sizes }: Declarer,
  { links: learnt }: Learned,
  member: string,
  cpus: number,
): LinkedList | null {
  const pool = pools.get(member.replace(/\.[^.]*$/, ""));
  const keys = [...learnt].flatMap(([key, of]) => (of === member ? [key] : []));
  if (pool === undefined || keys.length === 0) return null;
  const heads = new Map<string, HeadNumbers>();
  let next = 0;
  for (const key of keys) {
    const dimensions = links.get(key)?.dimensions ?? [];
    const size = dimensions
      .map((of) => (typeof of === "number" ? of : of === CPU ? cpus : (sizes.get(of.name) ?? 1)))
      .reduce((a, b) => a * b, 1);
    heads.set(key, { first: next, whole: false, dimensions });
    next += size;
  }
  const [only] = heads.values();
  const [dimension] = only?.dimensions ?? [];
  const whole = heads.size === 1 && dimension !== undefined && typeof dimension !== "number";
  const name = keys.length === 1 ? (keys[0] ?? member) : member;
  const set = whole ? dimension : idSet(`${name} list`);
  if (!whole) sizes.set(set.name, next);
  else for (const [key, of] of heads) heads.set(key, { ...of, whole: true });
  return { list: list(name, { per: set, of: pool.set }), pool, heads };
}
