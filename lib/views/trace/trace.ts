/**
 * A schedule replayed for the eye: what each CPU runs, holds and waits for after every step.
 */
import {
  CPU,
  initialState,
  isEnabled,
  replay,
  taskOn,
  eventsOf,
  translate,
  type Instance,
  type Model,
  type Replay,
  type Scenario,
  type SourcePlace,
  type SourceText,
  type State,
  type Transition,
} from "../../machine/index.js";
import { stepText, stepTextAfter } from "../../machine/run/step-text.js";
import { cpuCount } from "../../machine/index.js";
import { waitReason } from "../../machine/waits/index.js";
import { inTheWay } from "../../explore/index.js";
import type { Event, ReadMode } from "../../primitives/event.js";
import { follow, type Context, type Followed } from "./followed.js";
import { samePrefix } from "./same-events.js";
import { locksOf, type TraceLock } from "./trace-locks.js";
import { pendingLines } from "./pending.js";
import { shownStates, valuesOf } from "./shown-values.js";

/** A lock that somebody on a CPU has taken. */
export interface TakenLock {
  /** Id of the instance, such as `rq_lock@0`. */
  readonly id: string;
  /** Name of the class, such as `&rq->__lock`. */
  readonly name: string;
  /** As figures call it: `rq[cpu0]`. */
  readonly short: string;
  readonly read: ReadMode;
  /** Where it was taken; null of steps that come from no text. */
  readonly at: SourcePlace | null;
}

/** What somebody cannot get past. */
export interface Wait {
  /** Id of the lock instance; null if it is no lock. */
  readonly lock: string | null;
  /** The lock's name, or the step's own words. */
  readonly text: string;
  /** As figures call the lock, `rq[cpu0]`, or the step's own words. */
  readonly short: string;
  /** What lockdep has been told already: the kernel calls `lock_acquire()` before it spins. */
  readonly asked: readonly Event[];
}

/** One CPU after a step. */
export interface CpuView {
  readonly context: Context;
  /** What runs: the innermost handler, else the task, else `idle`. */
  readonly running: string;
  readonly irqsOn: boolean;
  /** In the order in which they were taken. */
  readonly held: readonly TakenLock[];
  /** What the running process cannot get past, or null. */
  readonly waits: Wait | null;
  /** The line that comes next where it runs; null where nothing does, or from no text. */
  readonly at: SourcePlace | null;
  /** The handlers that were raised on it and have not begun, by name. */
  readonly pending: readonly string[];
  /** What lockdep has been told of the next step already: annotations before it, and a lock that is waited for. */
  readonly told: readonly Event[];
}

/** The machine after a step. */
export interface TraceState {
  readonly cpus: readonly CpuView[];
  /** The other variables by name, as printed: `on_rq[vcpu0]` is `1`. */
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** One step of a schedule with what it did. */
export interface TraceStep {
  /** The line of C that it comes from; its label, where it was written as a statement. */
  readonly label: string;
  /** The process that took it. */
  readonly by: string;
  /** Null for a device. */
  readonly cpu: number | null;
  /** Where its statement stands; null of steps that come from no text. */
  readonly at: SourcePlace | null;
  /** Innermost first. */
  readonly stack: readonly string[];
  readonly events: readonly Event[];
  /** Checks that failed in it. */
  readonly violations: readonly string[];
  readonly after: TraceState;
}

/** A process that does not go on where a trace ends. */
export interface TraceEnd {
  readonly process: string;
  /** What it would do next. */
  readonly label: string;
  /** Whether it is only kept off its CPU. */
  readonly offCpu: boolean;
  /** What is in its way, in words. */
  readonly why: string;
}

/** A schedule from the initial state on. */
export interface Trace {
  readonly title: string;
  /** After how many steps nobody could get out any more; null where that is not said. */
  readonly certain: number | null;
  /** The texts that the steps come from. */
  readonly sources: readonly SourceText[];
  /** The processes that do not go on at the end. */
  readonly ends: readonly TraceEnd[];
  readonly locks: readonly TraceLock[];
  /** Names of the locks of which each CPU has its own: instance `NAME@3` is CPU 3's. */
  readonly perCpuLocks: readonly string[];
  readonly start: TraceState;
  readonly steps: readonly TraceStep[];
}

/**
 * Returns the schedule replayed step by step.
 *
 * @param scenario what was explored.
 * @param schedule transitions from the initial state, as a counterexample lists them.
 * @param title what the figures of this trace are called; the scenario's name unless told.
 * @param certain after how many steps somebody was stuck, if the figures shall mark it.
 * @throws Error if a transition cannot be taken where the schedule takes it.
 */
export function traceOf(
  scenario: Scenario,
  schedule: readonly number[],
  title = scenario.name,
  certain: number | null = null,
): Trace {
  const model = translate(scenario);
  const run = replay(model, schedule);
  if (run.failedAt !== null) {
    const id = schedule[run.failedAt] ?? 0;
    throw new Error(
      `step ${run.failedAt + 1} of the schedule (transition ${id}) cannot be taken; ` +
        `is the schedule of another scenario than "${scenario.name}"?`,
    );
  }
  const cpus = Math.max(1, cpuCount(scenario));
  let followed: Followed = {
    irqsOn: Array.from({ length: cpus }, () => true),
    handlers: Array.from({ length: cpus }, () => []),
    held: Array.from({ length: cpus }, () => []),
  };
  const pending = pendingLines(model);
  const locks = locksOf(model);
  const shorts = new Map(locks.map(({ id, short }) => [id, short]));
  const shortOf = (id: string, name: string): string => shorts.get(id) ?? name;
  const start = view(model, initialState(model), followed, pending, shortOf);
  const lastOf = new Map<string, Transition>();
  const shown = shownStates();
  const steps = run.steps.map((taken): TraceStep => {
    const { transition, events, process } = taken;
    const text = stepTextAfter(model, transition, lastOf.get(process) ?? null);
    lastOf.set(process, transition);
    followed = events.reduce(
      (f, event) => follow(f, event, transition.process, transition.at),
      followed,
    );
    return {
      label: text + (transition.picked === null ? "" : ` → ${transition.picked.name}`),
      by: taken.process,
      cpu: taken.cpu,
      at: transition.at,
      stack: transition.stack,
      events,
      violations: taken.violations.map((v) => v.message),
      after: {
        ...view(model, taken.after, followed, pending, shortOf),
        values: valuesOf(model, shown(transition, taken.before, taken.after)),
      },
    };
  });
  const ends = endsOf(run);
  const { sources = [] } = scenario;
  return { title, certain, sources, ends, locks, perCpuLocks: perCpuLocks(model), start, steps };
}

function endsOf(run: Replay): readonly TraceEnd[] {
  return run.model.processes.flatMap(({ name }, number) => {
    const found = waitReason(run, number);
    if (found === null) return [];
    const { next, reason } = found;
    const label = next === null ? found.label : stepText(run.model, next);
    const offCpu = reason.kind === "off-cpu";
    return [{ process: name, label, offCpu, why: inTheWay(run, found) }];
  });
}

/** The lock variables of which each CPU has its own. */
function perCpuLocks(model: Model): readonly string[] {
  const own = model.slots.flatMap(({ variable }) =>
    variable?.lock != null && variable.per.length === 1 && variable.per[0] === CPU
      ? [variable.name]
      : [],
  );
  return [...new Set(own)];
}

function view(
  model: Model,
  state: State,
  followed: Followed,
  pending: (state: State, cpu: number) => readonly string[],
  shortOf: (id: string, name: string) => string,
): TraceState {
  const taken = new Set(followed.held.flat().map((lock) => lock.id));
  const cpus = followed.irqsOn.map((irqsOn, cpu): CpuView => {
    const handler = followed.handlers[cpu]?.at(-1);
    const number = handler?.process ?? taskOn(model, state, cpu);
    const process = model.processes[number];
    const waits = process === undefined ? null : waitOf(model, state, process, taken, shortOf);
    const asked = waits?.asked ?? [];
    return {
      context: handler?.context ?? (process === undefined ? "idle" : "task"),
      running: process?.name ?? "idle",
      irqsOn,
      held: (followed.held[cpu] ?? []).map((lock) => ({
        ...lock,
        short: shortOf(lock.id, lock.name),
      })),
      at: process?.leaving[state[process.slot] ?? 0]?.[0]?.at ?? null,
      waits,
      pending: pending(state, cpu),
      told: asked.length > 0 ? asked : annotatedBefore(model, state, process),
    };
  });
  return { cpus, values: valuesOf(model, state) };
}

/** The annotations that stand before the next step of a process, whichever step that is. */
function annotatedBefore(
  model: Model,
  state: State,
  process: Instance | undefined,
): readonly Event[] {
  const leaving = process?.leaving[state[process.slot] ?? 0] ?? [];
  const [first = [], ...others] = leaving.map((transition) =>
    transition.early === 0 ? [] : eventsOf(model, state, transition).slice(0, transition.early),
  );
  return others.reduce<readonly Event[]>((common, events) => samePrefix(common, events), first);
}

function waitOf(
  model: Model,
  state: State,
  process: Instance,
  taken: ReadonlySet<string>,
  shortOf: (id: string, name: string) => string,
): CpuView["waits"] {
  const location = state[process.slot] ?? 0;
  const leaving = process.leaving[location] ?? [];
  const first = leaving[0];
  if (first === undefined || process.ends.has(location)) return null;
  if (leaving.some((transition) => isEnabled(model, state, transition))) return null;
  for (const transition of leaving) {
    const events = eventsOf(model, state, transition);
    const asks = events.findIndex((e) => e.kind === "acquire" && !e.trylock && taken.has(e.map.id));
    const ask = events[asks];
    if (ask?.kind !== "acquire") continue;
    const { id, name } = ask.map;
    return { lock: id, text: name, short: shortOf(id, name), asked: events.slice(0, asks + 1) };
  }
  const text = stepText(model, first);
  return { lock: null, text, short: text, asked: [] };
}
