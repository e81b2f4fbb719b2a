/** Why a process does not go on where a schedule has ended: which steps keep it from that, and which processes could help. */
import { evaluate } from "../model/evaluate.js";
import type { Instance, Model, State, Transition } from "../model/model.js";
import { conjuncts } from "../model/places.js";
import { enabled, step as takeStep } from "../model/step.js";
import { isAtEnd } from "../model/whereabouts.js";
import type { Value } from "../model/value.js";
import type { Replay } from "../run/replay.js";
import { awaitedSteps, missedStep } from "./awaited.js";
import { madeFalse } from "./made-false.js";
import { valuesRead } from "./values-read.js";

/** What a process waits for. */
export type WaitReason =
  /** That what these steps did is undone: a lock dropped, a section left; by others who will, if any. */
  | {
      readonly kind: "held";
      readonly steps: readonly number[];
      readonly by: readonly Transition[];
    }
  /** For its CPU, which these steps took from it. */
  | { readonly kind: "off-cpu"; readonly steps: readonly number[] }
  /** For steps that others have not come to yet. */
  | { readonly kind: "awaited"; readonly by: readonly Transition[] }
  /** For a step that came too early, before it began to wait with other steps: it is not done again. */
  | { readonly kind: "missed"; readonly step: number; readonly since: readonly number[] }
  /** For what nobody does. */
  | { readonly kind: "nobody" };

/** A process that does not go on. */
export interface Standing {
  /** Its number in `Model.processes`. */
  readonly process: number;
  /** What it would do next, as its step is labelled; of one that goes round, its way out. */
  readonly label: string;
  /** That step; null where no state allows it. */
  readonly next: Transition | null;
  /** Whether it goes round rather than to sleep: a busy wait. */
  readonly spins: boolean;
  readonly reason: WaitReason;
}

/**
 * Returns why a process does not go on at the end of a schedule; null if it can, or needs not.
 *
 * @param stuck true of one that is known to be stuck: where it moves, it goes round
 * @example
 * const model = translate(abba());
 * const trace = replay(model, explore(abba()).violations.deadlock.schedule);
 * waitReason(trace, 0).reason // { kind: "held", steps: [1], by: [] }
 */
export function waitReason(trace: Replay, number: number, stuck = false): Standing | null {
  const { model, final } = trace;
  const process = model.processes[number];
  if (process === undefined || process.kind === "device" || isAtEnd(process, final)) return null;
  const here = process.leaving[final[process.slot] ?? 0] ?? [];
  const [next] = here;
  if (next === undefined) return nothingMore(process, number, final);
  if (!here.some(({ guard }) => evaluate(guard, final) !== 0)) {
    const told = here.map((step) => ({
      process: number,
      label: step.label,
      next: step,
      spins: false,
      reason: reasonFor(trace, process, step, final),
    }));
    return best(trace, told);
  }
  const ways = stuck ? waysOut(model, final, number) : null;
  if (ways === null) return null;
  return best(
    trace,
    ways.map(({ step, at }) => ({
      process: number,
      label: step.label,
      next: step,
      spins: true,
      reason: reasonFor(trace, process, step, at),
    })),
  );
}

/** Returns one that stands where no step is possible in any state; null where its code ends. */
function nothingMore({ never, slot }: Instance, process: number, state: State): Standing | null {
  const labels = never.get(state[slot] ?? 0);
  if (labels === undefined) return null;
  const label = [...new Set(labels)].join(" or ");
  return { process, label, next: null, spins: false, reason: { kind: "nobody" } };
}

/** The reason that says most: another who is in the way, before what it has done itself. */
function best({ steps }: Replay, found: readonly Standing[]): Standing | null {
  const rank = ({ process, reason }: Standing): number => {
    const own = (step: number): boolean => steps[step]?.transition.process === process;
    if (reason.kind === "held" && reason.steps.every(own)) return ranks.nobody - 1;
    return ranks[reason.kind];
  };
  const [first = null] = [...found].sort((a, b) => rank(a) - rank(b));
  return first;
}

const ranks = { held: 0, "off-cpu": 1, awaited: 2, missed: 3, nobody: 5 } as const;

function reasonFor(
  { model, steps, final }: Replay,
  { runs }: Instance,
  step: Transition,
  at: State,
): WaitReason {
  const { process } = step;
  const failing = (of: Value): readonly Value[] =>
    conjuncts(of).filter((part) => evaluate(part, at) === 0);
  const own = failing(step.own);
  if (own.length === 0) {
    const taken = failing(runs).flatMap((part) => madeFalse(steps, part, at, process));
    return { kind: "off-cpu", steps: taken };
  }
  const causes = own.flatMap((part) => madeFalse(steps, part, at, process));
  const awaited = own.flatMap((part) => awaitedSteps(model, at, part, process));
  const by = new Set(causes.map((position) => steps[position]?.transition.process));
  const undone = awaited.some((other) => by.has(other.process));
  const isOwned = own.some((part) =>
    valuesRead(part, at).some((slot) => model.slots[slot]?.variable?.lock != null),
  );
  const isTaken = causes.some((position) =>
    steps[position]?.events.some(({ kind }) => kind === "locked"),
  );
  if (causes.length > 0 && (isOwned || undone || isTaken)) {
    return { kind: "held", steps: causes, by: isOwned || undone ? [] : awaited };
  }
  if (awaited.length > 0) return { kind: "awaited", by: awaited };
  const missed = own.flatMap((part) => missedStep(model, steps, final, part, process) ?? []);
  const [last] = missed;
  if (last !== undefined) return { kind: "missed", step: last, since: causes };
  return causes.length > 0 ? { kind: "held", steps: causes, by: [] } : { kind: "nobody" };
}

/** States that one process may go round in by itself, at most. */
const mostAlone = 200;

/**
 * The steps that would lead out of the round in which a process goes by itself, each with a state in which it
 * is not possible; null if it does not go round, but can go elsewhere.
 */
function waysOut(
  model: Model,
  from: State,
  number: number,
): readonly { readonly step: Transition; readonly at: State }[] | null {
  const process = model.processes[number];
  const seen = new Map([[from.join(), from]]);
  for (const state of seen.values()) {
    if (seen.size > mostAlone || process === undefined || isAtEnd(process, state)) return null;
    for (const step of enabled(model, state)) {
      if (step.process !== number) continue;
      const next = takeStep(model, state, step).state;
      seen.set(next.join(), next);
    }
  }
  return [...seen.values()].flatMap((at) => {
    const leaving = process?.leaving[at[process.slot] ?? 0] ?? [];
    const open = leaving.filter(({ guard }) => evaluate(guard, at) !== 0);
    const shut = leaving.filter(({ own }) => evaluate(own, at) === 0);
    return open.length === 0 ? [] : shut.map((step) => ({ step, at }));
  });
}
