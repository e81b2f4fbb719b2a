/**
 * Runs until every arm of a choice was taken: a kernel runs for weeks, and lockdep hears of each path that ran
 * at least once.
 */
import { initialState } from "../model/model.js";
import type { Model, State, Transition } from "../model/model.js";
import { enabled, step as takeStep } from "../model/step.js";
import type { Scenario } from "../language/scenario.js";
import { translate } from "../translate/translate.js";
import { Coverage } from "./coverage.js";
import {
  type SequentialRun,
  type SequentialRunOptions,
  runInOrder,
  turnsOf,
} from "./sequential.js";

/** How many runs there may be. */
export interface CoveringOptions extends SequentialRunOptions {
  /** Runs at most, 24 unless told; with 1, an arm that this one does not take is never heard of. */
  readonly runs?: number;
}

/** Several runs of a scenario, each from the start. */
export interface CoveringRuns {
  readonly model: Model;
  readonly runs: readonly SequentialRun[];
  /** The steps that some of them took, each of a name once, as `process: step`, with the functions around it. */
  readonly ran: readonly string[];
  /** The steps that none of them took. */
  readonly neverRan: readonly string[];
}

/** States that are looked at to find the race that a step takes. */
const mostStates = 2000;

/**
 * Returns runs that take every step which a run without a race can take, and then those for which somebody has
 * to come between. What none of them took is named: it cannot be, or it lies farther than was looked.
 *
 * @example
 * const turn = variable("turn", bool);
 * const T = thread("T", 0, [either([set(turn, true)], [set(turn, false)])]);
 * coveringRuns(scenario("two arms", { sizes: { cpu: 1 }, processes: [T] })).runs.length // 2
 */
export function coveringRuns(scenario: Scenario, options: CoveringOptions = {}): CoveringRuns {
  const { runs: mostRuns = 24, order = [] } = options;
  const model = translate(scenario);
  const coverage = new Coverage(model);
  const runs = [runInOrder(model, turnsOf(model, order), options)];
  coverage.add(runs[0]?.schedule ?? []);
  // Another process goes first each time: what it finds is not what the others left.
  const starts = model.processes.filter(({ kind }) => kind !== "device").map(({ name }) => name);
  for (let gained = 0, at = 0; gained <= starts.length && runs.length < mostRuns; at++) {
    if (coverage.missing.length === 0) break;
    const first = starts[at % starts.length];
    const turns = turnsOf(model, first === undefined ? order : [first, ...order]);
    const run = runInOrder(model, turns, { ...options, rankOf: coverage.ranks() });
    const isNew = run.schedule.some((id) => isMissing(coverage, model, id));
    if (isNew) runs.push(run);
    coverage.add(run.schedule);
    gained = isNew ? 0 : gained + 1;
  }
  for (const { beginning, last } of waysTo(model, coverage)) {
    if (runs.length >= mostRuns) break;
    if (!isMissing(coverage, model, last)) continue;
    const run = runInOrder(model, turnsOf(model, order), {
      ...options,
      rankOf: coverage.ranks(),
      beginning: [...beginning, last],
    });
    runs.push(run);
    coverage.add(run.schedule);
  }
  return { model, runs, ran: ran(model, coverage), neverRan: neverRan(model, coverage) };
}

const ran = (model: Model, coverage: Coverage): readonly string[] => [
  ...new Set(model.transitions.filter((s) => coverage.has(s)).map((s) => nameOf(model, s))),
];

/** Returns what never ran, each of a name once: of the several ways through a call, one may have run. */
function neverRan(model: Model, coverage: Coverage): readonly string[] {
  // The ways through a call begin at one place, or come to one.
  const placesOf = (step: Transition): readonly string[] =>
    [`from ${String(step.from)}`, `to ${String(step.to)}`].map(
      (at) => `${at} ${nameOf(model, step)}`,
    );
  const reached = new Set(model.transitions.filter((s) => coverage.has(s)).flatMap(placesOf));
  const missing = coverage.missing.filter((step) => !placesOf(step).some((at) => reached.has(at)));
  return [...new Set(missing.map((step) => nameOf(model, step)))];
}

/** Schedules to steps that never ran, the nearest first. */
function* waysTo(
  model: Model,
  coverage: Coverage,
): Generator<{ readonly beginning: readonly number[]; readonly last: number }> {
  const start = { state: initialState(model), from: -1, by: -1 };
  const found: { readonly state: State; readonly from: number; readonly by: number }[] = [start];
  const known = new Set([start.state.join()]);
  const wayTo = (at: number): readonly number[] => {
    const { from = -1, by = -1 } = found[at] ?? {};
    return from < 0 ? [] : [...wayTo(from), by];
  };
  for (const [at, { state }] of found.entries()) {
    if (coverage.missing.length === 0) return;
    for (const step of enabled(model, state)) {
      if (isMissing(coverage, model, step.id)) yield { beginning: wayTo(at), last: step.id };
      const next = takeStep(model, state, step).state;
      const name = next.join();
      if (known.has(name) || found.length >= mostStates) continue;
      known.add(name);
      found.push({ state: next, from: at, by: step.id });
    }
  }
}

const isMissing = (coverage: Coverage, model: Model, id: number): boolean => {
  const step = model.transitions[id];
  return step !== undefined && !coverage.has(step);
};

function nameOf(model: Model, step: Transition): string {
  const functions = [...step.stack].reverse().map((name) => `${name}: `);
  const { declared = -1, name = "?" } = model.processes[step.process] ?? {};
  return `${model.scenario.processes[declared]?.name ?? name}: ${functions.join("")}${step.label}`;
}
