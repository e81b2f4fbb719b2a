/** Which steps of a schedule its violation hangs on: all others are left out of a changelog. */
import {
  type Model,
  type Replay,
  type ReplayStep,
  type State,
  type Value,
  evaluate,
} from "../../machine/index.js";
import { conjuncts } from "../../machine/model/places.js";
import type { Change } from "../../machine/model/value.js";
import { type Standing, standingFrom, valuesRead } from "../../machine/waits/index.js";
import { StuckFinder } from "../deadlock/stuck-from.js";
import { brokenIn } from "../counterexample/violates.js";
import { causesOf, outdated, withSources } from "./written-before.js";

/** What a changelog says of a schedule. */
export interface Matters {
  /** Positions in the schedule, in order. */
  readonly steps: readonly number[];
  /** The processes that are blocked at the end. */
  readonly standing: readonly Standing[];
  /** The step that fails a check, or null. */
  readonly failing: number | null;
  /** What fails, in words: in that step, or at the end. */
  readonly failures: readonly string[];
}

/** Returns what is wrong in a schedule: the deadlock at its end, the check that its last step fails, or a broken condition. */
export function whatMatters(trace: Replay): Matters {
  const { model, steps, final } = trace;
  const last = steps.at(-1);
  const failed = last?.violations ?? [];
  const { numbers = [] } = new StuckFinder(model).find(final) ?? {};
  const broken = brokenConditions(model, trace);
  const { standing } = standingFrom(trace, seedsOf(trace, numbers, broken.length > 0));
  const failing = failed.length > 0 && numbers.length === 0 ? steps.length - 1 : null;
  const own = failing === null ? [] : [failing, ...checksFailing(steps, failing)];
  const conditions = broken.flatMap(({ holds }) => causesOf(steps, holds, steps.length));
  const blind = standing.flatMap(({ process, reason }) =>
    reason.kind === "missed" ? outdated(model, steps, process, steps.length).flat() : [],
  );
  const fails = steps[failing ?? -1]?.transition.process;
  const before = fails === undefined ? [] : outdated(model, steps, fails, failing ?? 0);
  // Of what the failing one went by, that which those have changed who broke the check; all, if it was nobody else.
  const by = new Set(own.map((at) => steps[at]?.transition.process).filter((of) => of !== fails));
  const stale = before.filter(
    ([, since]) => by.size === 0 || by.has(steps[since]?.transition.process),
  );
  const first = withSources(model, steps, [...own, ...conditions, ...blind, ...stale.flat()]);
  const waits = standing.flatMap(stepsOf);
  const kept = withReasons(trace, new Set([...first, ...waits]));
  return {
    steps: [...kept].sort((a, b) => a - b),
    standing,
    failing,
    failures: [
      ...(failing === null ? [] : failed.map(({ message }) => message)),
      ...broken.map(({ name }) => name),
    ],
  };
}

/** Whose waits are described: those of stuck processes or, where a condition of rest is broken, of all. */
function seedsOf({ model }: Replay, stuck: readonly number[], broken: boolean): readonly number[] {
  return stuck.length === 0 && broken ? [...model.processes.keys()] : stuck;
}

function stepsOf({ reason }: Standing): readonly number[] {
  switch (reason.kind) {
    case "held":
    case "off-cpu":
      return reason.steps;
    case "missed":
      return [reason.step, ...reason.since];
    case "awaited":
    case "nobody":
      return [];
  }
}

function brokenConditions(
  model: Model,
  { final, steps }: Replay,
): readonly { readonly name: string; readonly holds: Value }[] {
  const at = steps.at(-1)?.after ?? final;
  const names = (["invariant", "lost-wakeup", "finally"] as const).flatMap((which) =>
    brokenIn(model, which, at),
  );
  return [...model.always, ...model.quiescent, ...model.finally].filter(({ name }) =>
    names.includes(name),
  );
}

/** The causes of the checks that a step fails. */
function checksFailing(steps: readonly ReplayStep[], at: number): readonly number[] {
  const step = steps[at];
  if (step === undefined) return [];
  return step.transition.changes
    .flatMap((change) => checksIn(change, step.before))
    .filter((test) => evaluate(test, step.before) === 0)
    .flatMap((test) => causesOf(steps, test, at));
}

/** The checks that a change makes in a state. */
function checksIn(change: Change, state: State): readonly Value[] {
  switch (change.kind) {
    case "assign":
      return [];
    case "check":
      return [change.test];
    case "if": {
      const taken = evaluate(change.test, state) === 0 ? change.else : change.then;
      return taken.flatMap((inner) => checksIn(inner, state));
    }
  }
}

/**
 * The steps, with the entries of the handlers that take part, and with what lets a process go on that takes
 * part: a test that holds since another that takes part has written, and one that no longer holds.
 */
function withReasons(trace: Replay, from: ReadonlySet<number>): ReadonlySet<number> {
  const { steps } = trace;
  const kept = new Set(from);
  const partOf = new Set([...from].map((at) => steps[at]?.transition.process ?? -1));
  const end = Math.max(-1, ...from);
  for (const [at, step] of steps.entries()) {
    const { process } = step.transition;
    if (at > end || !partOf.has(process) || isMachinery(trace.model, step)) continue;
    for (const part of conjuncts(step.transition.own)) {
      const slots = valuesRead(part, step.before).filter(
        (slot) => trace.model.slots[slot]?.process === null,
      );
      if (slots.some((slot) => isOfLock(trace.model, slot))) continue;
      const since = steps
        .slice(0, at)
        .findLastIndex((one) => slots.some((slot) => one.before[slot] !== one.after[slot]));
      const writer = steps[since]?.transition.process;
      if (writer !== undefined && writer !== process && partOf.has(writer)) {
        kept.add(since);
        kept.add(at);
      }
    }
  }
  for (const at of enteredBy(steps, kept)) kept.add(at);
  return kept;
}

const isOfLock = (model: Model, slot: number): boolean => model.slots[slot]?.variable?.lock != null;

/** Whether a step takes or drops a lock, switches interrupts, enters or leaves a handler. */
function isMachinery(model: Model, { transition, events }: ReplayStep): boolean {
  return (
    model.processes[transition.process]?.kind === "device" ||
    events.some(({ kind }) =>
      ["locked", "unlocked", "enter", "exit", "hardirqs", "softirqs", "nmi"].includes(kind),
    )
  );
}

/** The entry of the handler that each kept step of a handler is in. */
function enteredBy(steps: readonly ReplayStep[], kept: ReadonlySet<number>): readonly number[] {
  return [...kept].flatMap((at) => {
    const process = steps[at]?.transition.process;
    const entry = steps
      .slice(0, at + 1)
      .findLastIndex(
        (step) =>
          step.transition.process === process && step.events.some(({ kind }) => kind === "enter"),
      );
    return entry < 0 ? [] : [entry];
  });
}
