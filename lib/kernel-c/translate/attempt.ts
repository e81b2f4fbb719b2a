/** One round of translating a text: with what the rounds before found out about it. */
import {
  CPU,
  type Dimension,
  type IdSet,
  type Process,
  type ScenarioOptions,
  signals,
} from "../../machine/index.js";
import type { Faults, Span } from "../errors/index.js";
import type { Expression } from "../parse/ast.js";
import type { Parsed } from "../parse/parser.js";
import type { Run } from "../run-comments/run.js";
import type { Vocabulary } from "../vocabulary/index.js";
import { constantOf } from "./expression/value/constants.js";
import type { LinkedList, Owner, Shared } from "./context/context.js";
import type { ClassNames } from "./declare/class-names.js";
import { Declarer } from "./declare/declare.js";
import { linkedList } from "./declare/linked-list.js";
import type { FirstValue } from "./declare/storage.js";
import { type MakeHost, hosted } from "./host.js";
import { initFunctions } from "./init-functions.js";
import type { Learned } from "./context/learned.js";
import { NamedPlaces } from "./context/named-places.js";
import { processesOf, threadNames } from "./processes.js";
import { learnFromSetUp } from "./set-up.js";
import type { Outlines } from "./context/outline.js";
import { worldOf } from "./world.js";

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

/** What is the same in every round. */
export interface Given {
  readonly parsed: Parsed;
  readonly vocabulary: Vocabulary;
  readonly outlines: Outlines;
  readonly classes: ClassNames;
  readonly runs: readonly Run[];
  /** Whether anybody may send signals. */
  readonly hasSignals: boolean;
  /** Whether a place is in the text itself. */
  readonly isOwn: (at: Span) => boolean;
  readonly outside: Outside;
}

/** What a round made. */
export interface Attempt {
  /** Whether something comes to a CPU by itself. */
  readonly hasHandlers: boolean;
  /** Whether nothing runs but what sets things up. */
  readonly isIdle: boolean;
  /** Calls that nobody knows, and that were left out. */
  readonly leftOut: readonly string[];
  /** Returns what a scenario is made of; asked of the last round alone. */
  readonly options: () => ScenarioOptions;
}

/** Constants that say how many CPUs there are. */
const countsCpus: ReadonlySet<string> = new Set(["NR_CPUS", "nr_cpu_ids"]);

/**
 * Translates a text with what is known of it; what it learns may change what it does the next time.
 *
 * Null if the declarations alone have shown that it would be in vain.
 *
 * @param cpus how many there are
 */
export function attempt(
  {
    parsed: { unit, macroBody },
    vocabulary,
    outlines,
    classes,
    runs,
    hasSignals,
    isOwn,
    outside,
  }: Given,
  learned: Learned,
  faults: Faults,
  cpus: number,
): Attempt | null {
  const { sets = {}, counted = {}, first = {}, host } = outside;
  const constant = (of: Expression): number | null =>
    constantOf(of, {
      unit,
      macroBody,
      named: (name) =>
        vocabulary.constants.get(name) ?? (countsCpus.has(name) && cpus > 0 ? cpus : undefined),
    });
  const known = learned.pooled.size;
  const declarer = new Declarer({
    unit,
    vocabulary,
    classes,
    faults,
    learned,
    cpus,
    constant,
    tasks: tasksOf(runs, cpus),
    sets: new Map(Object.entries(sets)),
    counted: new Map(Object.entries(counted)),
    first: new Map(Object.entries(first)),
  });
  // Variables that point at more than was known are declared again before anything is made of them.
  if (learned.pooled.size > known) return null;
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
    isOwn,
    unit,
    outlines,
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
  const inits = host === undefined ? initFunctions(unit, runs) : [];
  const made =
    host === undefined
      ? { processes: processesOf(shared, runs, callees, inits) }
      : hosted(shared, host, callees);
  learnFromSetUp(shared);
  const others = hasSignals ? [signals()] : [];
  const isSetUp = ({ kind, over }: Process): boolean =>
    over === null && (kind === "hardirq" || kind === "softirq");
  return {
    hasHandlers: made.processes.made.some(isSetUp),
    isIdle:
      host === undefined &&
      runs.length === 0 &&
      (inits.length === 0 || made.processes.made.length === inits.length),
    leftOut: made.processes.leftOut,
    options: () => {
      // Threads that may be anywhere need none of the numbered CPUs.
      if (cpus === 0) sizes.delete(CPU.name);
      const processes = [...made.processes.withLocals(), ...others];
      return { ...made, sizes: Object.fromEntries(sizes), processes };
    },
  };
}

/** The functions of the tasks, in order: a thread on each CPU is as many. */
const tasksOf = (runs: readonly Run[], cpus: number): readonly string[] =>
  runs
    .filter(({ kind }) => kind === "thread")
    .flatMap((run) => Array.from({ length: run.on === "all" ? cpus : 1 }, () => run.function));
