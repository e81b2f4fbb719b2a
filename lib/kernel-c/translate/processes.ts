/** Processes: the functions that run, on which CPU, and what they have for themselves. */
import {
  CPU,
  type Expr,
  type Process,
  type Statement,
  type Variable,
  bool,
  device,
  forever,
  hardirq,
  nmi,
  send_ipi,
  softirq,
  thread,
  variable,
} from "../../machine/index.js";
import type { Run } from "../run-comments/run.js";
import { untilStarted } from "../vocabulary/index.js";
import type { CFunction } from "../parse/ast.js";
import type { Owner, Shared } from "./context/context.js";
import { privateVariables, usedBy, variablesIn } from "./declare/private-data.js";
import { afterwards, initProcesses } from "./init-functions.js";
import type { Made } from "./made.js";
import { localsOf, newOwner, onEachCpu, runBody } from "./owner.js";

/** Returns the names of the threads that run, by the numbers of their tasks. */
export function threadNames(runs: readonly Run[], cpus: number): readonly string[] {
  const threads = threadsOf(runs, cpus);
  return threads.map((run) => nameOf(run, threads));
}

const threadsOf = (runs: readonly Run[], cpus: number): readonly OnOne[] =>
  runs.filter(({ kind }) => kind === "thread").flatMap((run) => onEach(cpus, run));

/** Processes, and the same once they know which variables are their own: that takes a walk, of the last round alone. */
export interface Processes {
  readonly made: readonly Process[];
  readonly withLocals: () => readonly Process[];
  /** Calls that nobody knows, and that were left out. */
  readonly leftOut: readonly string[];
}

/**
 * Returns the processes of a file, whose functions run as it is said.
 *
 * @param first what runs before all else
 */
export function processesOf(
  shared: Shared,
  runs: readonly Run[],
  callees: readonly Owner[],
  first: readonly CFunction[],
): Processes {
  const threads = threadsOf(runs, shared.cpus);
  const inits = initProcesses(shared, first);
  const made: Made[] = [...inits.made];
  const last = first.at(-1)?.name ?? null;
  const devices: Process[] = [];
  for (const [task, run] of threads.entries()) {
    const one = threadOf(shared, run, nameOf(run, threads), task);
    const isStarted = untilStarted(shared.world, run.function).length > 0;
    made.push(isStarted ? one : { ...one, process: afterwards(one.process, last) });
  }
  for (const kind of ["hardirq", "softirq", "nmi"] as const) {
    const names = new Set(runs.flatMap((run) => (run.kind === kind ? [run.function] : [])));
    for (const name of names) {
      const all = runs.filter((run) => run.kind === kind && run.function === name);
      const [run] = all;
      if (run === undefined) continue;
      const vector = variable(name, bool, { per: [CPU] });
      made.push(handlerOf(shared, kind, run, vector));
      for (const { on } of all.flatMap((run) => onEach(shared.cpus, run))) {
        if (on === "own") continue;
        const each = all.length > 1 || run.on === "all" ? ` of CPU ${String(on)}` : "";
        const raises = device(`device of ${name}${each}`, [forever([send_ipi(vector, on)])]);
        devices.push(afterwards(raises, last));
      }
    }
  }
  for (const one of setUp(shared, callees)) {
    const { process } = one;
    made.push(process.kind === "device" ? { ...one, process: afterwards(process, last) } : one);
  }
  return {
    made: [...made.map(({ process }) => process), ...devices],
    withLocals: () => [...withLocals(shared, made), ...devices],
    leftOut: inits.leftOut,
  };
}

type OnOne = Run & { readonly on: number | "own" };

/** Returns a run on each CPU that it is on. */
function onEach(cpus: number, run: Run): readonly OnOne[] {
  const { on } = run;
  if (on === "all") return Array.from({ length: cpus }, (_, cpu) => ({ ...run, on: cpu }));
  return [{ ...run, on }];
}

/** The function's name, with the CPU or a number behind it where several threads run it. */
function nameOf(run: OnOne, threads: readonly OnOne[]): string {
  const same = threads.filter((other) => other.function === run.function);
  if (same.length === 1) return run.function;
  if (run.on !== "own") return `${run.function}/${String(run.on)}`;
  return `${run.function}#${String(same.indexOf(run) + 1)}`;
}

function threadOf(shared: Shared, run: OnOne, name: string, task: number): Made {
  const owner = newOwner(name, task);
  const once = runBody(shared, owner, run);
  const own = run.forever ? [forever(once)] : once;
  const body = [...untilStarted(shared.world, run.function), ...own];
  const process = run.on === "own" ? thread(name, body) : thread(name, run.on, body);
  return { owners: [owner], process };
}

const handlers = { hardirq, softirq, nmi } as const;

function handlerOf(shared: Shared, kind: keyof typeof handlers, run: Run, vector: Variable): Made {
  const owners: Owner[] = [];
  const make = (cpu: Expr): readonly Statement[] => {
    const owner = onEachCpu(run.function, cpu);
    owners.push(owner);
    return runBody(shared, owner, run);
  };
  const process = handlers[kind](run.function, vector, make);
  return { process, owners };
}

/**
 * Returns processes that know which variables are their own: the locals of their functions, and data that they alone use.
 *
 * @param properties what is looked at from outside
 */
export function withLocals(
  shared: Shared,
  made: readonly Made[],
  properties: readonly Expr[] = [],
): readonly Process[] {
  const used = [...made.map(({ process }) => usedBy(process)), variablesIn([], properties)];
  return made.map(({ process, owners }, k) => {
    const own = [
      ...owners.flatMap(({ temporaries }) => temporaries.map((of) => of.variable)),
      ...privateVariables(shared, process, used, k),
      ...owners.flatMap(localsOf),
    ];
    return { ...process, locals: own };
  });
}

/** Returns what the calls of the vocabulary set up: workers, timers, handlers of lines, and the devices that raise those. */
export function setUp(shared: Shared, callees: readonly Owner[]): readonly Made[] {
  return shared.vocabulary.processes.flatMap((make) =>
    make(shared.world).map((process): Made => {
      const used = variablesIn(process.body);
      const isUsed = (owner: Owner): boolean =>
        [...owner.temporaries.map((of) => of.variable), ...localsOf(owner)].some((of) =>
          used.has(of),
        );
      return { process, owners: callees.filter(isUsed) };
    }),
  );
}
