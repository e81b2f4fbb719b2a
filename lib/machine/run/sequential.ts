/**
 * One run without a race: what lockdep is taught with, since it learns from a path that ran, not
 * from a race that was lost.
 */
import type { Event } from "../../primitives/event.js";
import { irqs_enabled } from "../kernel/cpu.js";
import { CPU } from "../language/id-set.js";
import type { Scenario } from "../language/scenario.js";
import { evaluate } from "../model/evaluate.js";
import { eventsOf } from "../model/events.js";
import {
  type Instance,
  type Model,
  type State,
  type Transition,
  initialState,
} from "../model/model.js";
import { enabled, isEnabled, step as takeStep } from "../model/step.js";
import { cpuOf, heldLocks, isAtEnd } from "../model/whereabouts.js";
import { translate } from "../translate/translate.js";

/** Which processes go first, and how long the run may get. */
export interface SequentialRunOptions {
  /** Names of processes, those that are to run first first; others follow as declared. */
  readonly order?: readonly string[];
  /** Steps at most; 10,000 unless told. */
  readonly most?: number;
}

/** How a run goes. */
export interface RunOptions extends Pick<SequentialRunOptions, "most"> {
  /** Of the steps that a process can take the least is taken, from 0 to below 1; one that did not run yet, if left out. */
  readonly rankOf?: (step: Transition) => number;
  /** The steps that are taken first, in whatever order of processes. */
  readonly beginning?: readonly number[];
}

/** A run of a scenario, one process after another. */
export interface SequentialRun {
  readonly model: Model;
  /** The transitions taken from the initial state, by `Transition.id`. */
  readonly schedule: readonly number[];
  readonly events: readonly Event[];
  /** The processes that were left waiting where nobody should wait forever. */
  readonly stuck: readonly string[];
}

/**
 * Returns a run in which every process goes as far as it can before the next one starts.
 *
 * A handler runs as soon as it can be delivered; devices act when all tasks wait. A process whose
 * step leads back to a known state has run its loop: it goes on only where there is code that has
 * not run yet.
 *
 * @example
 * sequentialRun(abba()).events.filter(({ kind }) => kind === "locked").length // 4
 */
export function sequentialRun(
  scenario: Scenario,
  options: SequentialRunOptions = {},
): SequentialRun {
  const { order = [] } = options;
  const model = translate(scenario);
  return runInOrder(model, turnsOf(model, order), options);
}

/** Returns the processes in the order in which they are to go, by number. */
export function turnsOf(model: Model, order: readonly string[]): readonly number[] {
  return [...model.processes.keys()].sort(
    (a, b) => rank(model, a, order) - rank(model, b, order) || a - b,
  );
}

/**
 * Returns a run in which the processes take turns.
 *
 * @param how where it begins, and what is taken of the steps that a process can take
 */
export function runInOrder(
  model: Model,
  turns: readonly number[],
  { most = 10_000, rankOf, beginning = [] }: RunOptions = {},
): SequentialRun {
  let state = initialState(model);
  const progress: Progress = { turns, looped: new Set(), taken: new Set(), last: -1 };
  const seen = new Set([state.join()]);
  let further = 0;
  const schedule: number[] = [];
  const events: Event[] = [];
  while (schedule.length < most) {
    const given = model.transitions[beginning[schedule.length] ?? -1];
    const next = given ?? nextStep(model, state, progress, rankOf);
    if (next === null) break;
    events.push(...eventsOf(model, state, next));
    schedule.push(next.id);
    state = takeStep(model, state, next).state;
    if (!seen.has(state.join())) progress.looped.delete(next.process);
    else if (further > mostFurther || isAtRest(model, state, next.process)) {
      progress.looped.add(next.process);
    } else further += 1;
    seen.add(state.join());
    progress.taken.add(next.id);
    if (model.processes[next.process]?.kind === "task") progress.last = next.process;
  }
  events.push(...attempts(model, state));
  return { model, schedule, events, stuck: stuckIn(model, state) };
}

/** Steps that processes are let go on in known states, to where they can be left. */
const mostFurther = 1000;

/**
 * Whether a process can be left where it is: a task that holds a lock or has IRQs off keeps others from
 * running, which then would look as if they never ran.
 */
function isAtRest(model: Model, state: State, number: number): boolean {
  const process = model.processes[number];
  const cpu = cpuOf(model, state, number);
  if (process?.kind !== "task" || cpu === null) return true;
  const off = model.slots.some(
    ({ variable, index }, slot) =>
      variable === irqs_enabled && index[0] === cpu && state[slot] === 0,
  );
  const own = [process.name, `${CPU.name}${String(cpu)}`];
  return !off && heldLocks(model, state).every(({ owner }) => !own.includes(owner));
}

/**
 * Returns what waiting processes have told lockdep before: annotations, and a lock's hook, which comes before its wait in
 * `__raw_spin_lock()` as in `__mutex_lock()`.
 */
function attempts(model: Model, state: State): Event[] {
  return model.processes.flatMap(({ slot, leaving }) => {
    const next = leaving[state[slot] ?? 0] ?? [];
    if (next.some((transition) => isEnabled(model, state, transition))) return [];
    const wanted = next.find((t) => wantsLock(model, state, t)) ?? next.find((t) => t.early > 0);
    return wanted === undefined ? [] : toldBefore(model, state, wanted);
  });
}

/** Whether a step takes a lock, and nothing but its own guard keeps its process from it. */
function wantsLock(model: Model, state: State, { process, facts, early }: Transition): boolean {
  const own = facts.slice(early).map(({ fact }) => fact);
  const takes =
    own.some((fact) => fact.kind === "acquire" && !fact.trylock) &&
    own.some(({ kind }) => kind === "locked");
  const runs = model.processes[process]?.runs;
  return takes && runs !== undefined && evaluate(runs, state) !== 0;
}

/** Returns what comes before a step, and of the step itself the locks that it waits for. */
function toldBefore(model: Model, state: State, transition: Transition): readonly Event[] {
  const events = eventsOf(model, state, transition);
  const own = events.slice(transition.early);
  const waits = own.findIndex((e) => e.kind !== "sync" && (e.kind !== "acquire" || e.trylock));
  return [...events.slice(0, transition.early), ...own.slice(0, waits < 0 ? own.length : waits)];
}

interface Progress {
  readonly turns: readonly number[];
  /** The processes that came back to where somebody has been. */
  readonly looped: Set<number>;
  /** The transitions that have run. */
  readonly taken: Set<number>;
  /** The task that ran last; -1 before the first. */
  last: number;
}

const handlers: readonly Instance["kind"][] = ["hardirq", "softirq"];

/** Handlers before the task that is running, that before other tasks, devices last. */
function nextStep(
  model: Model,
  state: State,
  { turns, looped, taken, last }: Progress,
  rankOf = ({ id }: Transition): number => (taken.has(id) ? 0.5 : 0),
): Transition | null {
  const urgency = (step: Transition): number => {
    const { process } = step;
    const kind = model.processes[process]?.kind ?? "device";
    const repeated = rankOf(step);
    const turn = 3 + turns.indexOf(process) + repeated;
    const above = handlers.indexOf(kind);
    if (above >= 0) return above + repeated;
    if (kind === "device") return turns.length + turn;
    return process === last ? 2 + repeated : turn;
  };
  return enabled(model, state)
    .filter(({ id, process }) => !looped.has(process) || !taken.has(id))
    .reduce<Transition | null>(
      (best, one) => (best === null || urgency(one) < urgency(best) ? one : best),
      null,
    );
}

function rank(model: Model, process: number, order: readonly string[]): number {
  const at = order.indexOf(model.processes[process]?.name ?? "");
  return at < 0 ? order.length : at;
}

function stuckIn(model: Model, state: State): string[] {
  const movable = new Set(enabled(model, state).map(({ process }) => process));
  return model.processes
    .filter(
      (process, number) =>
        process.kind !== "device" && !movable.has(number) && !isAtEnd(process, state),
    )
    .map(({ name }) => name);
}
