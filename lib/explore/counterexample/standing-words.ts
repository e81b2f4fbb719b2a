/** Where everybody stands at the end of a counterexample, and why that never changes, in words. */
import {
  type Model,
  type Replay,
  type ReplayStep,
  type Transition,
  cpuOf,
} from "../../machine/index.js";
import { blockedProcesses } from "../../machine/run/blocked.js";
import { stepText } from "../../machine/run/step-text.js";
import {
  type Holding,
  type Standing,
  type StandingTogether,
  holdingsOf,
  waitedFor,
} from "../../machine/waits/index.js";

/** Returns a line for each blocked process: what it waits for, on which line, what it holds, and what is in its way. */
export function standingLines(trace: Replay, standing: readonly Standing[]): readonly string[] {
  const holdings = holdingsOf(trace);
  const blocked = blockedProcesses(trace.model, trace.final);
  return standing.map((one) => {
    const lock = blocked.find(({ number }) => number === one.process)?.lock ?? null;
    return standingLine(trace, one, holdings, lock);
  });
}

function standingLine(
  trace: Replay,
  one: Standing,
  holdings: readonly Holding[],
  lock: string | null,
): string {
  const { model } = trace;
  const name = nameOf(model, one.process);
  const place = one.next?.at ?? null;
  const where = place === null ? "" : ` at ${place.file}:${String(place.line)}`;
  const held = holdings.filter(({ process }) => process === one.process).map(({ lock }) => lock);
  const holds = held.length === 0 ? "" : `, holding ${listed([...new Set(held)])}`;
  const how = one.reason.kind === "off-cpu" ? "is not running" : one.spins ? "goes round" : "waits";
  const which = lock === null || one.reason.kind === "off-cpu" ? "" : ` (${lock})`;
  const doing = one.next === null ? one.label : stepText(model, one.next);
  return `${name} ${how}: ${doing}${which}${where}${holds}; ${inTheWay(trace, one)}`;
}

/**
 * Returns what is in the way of a process that is blocked at the end of a schedule: "held by T1 since step 2",
 * "up to completer: complete(&done)".
 */
export function inTheWay(trace: Replay, one: Standing): string {
  const { model, steps } = trace;
  const { reason } = one;
  switch (reason.kind) {
    case "held": {
      const since = listed(reason.steps.map((at) => holdWords(trace, at, one.process)));
      return reason.by.length === 0 ? since : `${since}, left to ${comers(model, reason.by)}`;
    }
    case "off-cpu": {
      const since = listed(reason.steps.map((at) => stepWords(steps, at, one.process, model)));
      return since === "" ? "another has its CPU" : `interrupted by ${since}`;
    }
    case "awaited":
      return `up to ${comers(model, reason.by)}`;
    case "missed": {
      const came = stepWords(steps, reason.step, one.process, model);
      const used = reason.since.find((at) => tookBack(steps, reason.step, at, one.process));
      if (used === undefined) return `it came too early, with ${came}`;
      // A server whose clients have ended, perhaps: nothing in its code says that it may rest.
      const took = stepWords(steps, used, one.process, model);
      return `what ${came} gave it took with ${took}, and nobody gives it again; where it may rest, idle_until(CONDITION) before this says so`;
    }
    case "nobody":
      return one.next === null ? "nothing ever makes that possible" : "nobody does that any more";
  }
}

/** Whether a later step of a process undid what an earlier one did: a completion that was waited for. */
function tookBack(
  steps: readonly ReplayStep[],
  gave: number,
  took: number,
  process: number,
): boolean {
  const [first, then] = [steps[gave], steps[took]];
  if (first === undefined || then === undefined || took <= gave) return false;
  const isBack = (slot: number): boolean =>
    first.before[slot] !== first.after[slot] &&
    then.before[slot] === first.after[slot] &&
    then.after[slot] === first.before[slot];
  return then.transition.process === process && first.before.some((_, slot) => isBack(slot));
}

/** Which process would do what, and on which line. */
const comers = (model: Model, steps: readonly Transition[]): string =>
  listed(
    steps.map((step) => {
      const { process, at } = step;
      const place = at === null ? "" : ` at ${at.file}:${String(at.line)}`;
      return `${nameOf(model, process)}: ${stepText(model, step)}${place}`;
    }),
  );

/** Returns a lock that was taken, or whatever else a step did. */
function holdWords({ model, steps }: Replay, at: number, process: number): string {
  const step = steps[at];
  const took = step?.events.some(({ kind }) => kind === "locked") === true;
  if (!took) return `because of ${stepWords(steps, at, process, model)}`;
  const by = step.transition.process;
  return `held by ${by === process ? "itself" : nameOf(model, by)} since step ${String(at + 1)}`;
}

function stepWords(
  steps: readonly ReplayStep[],
  at: number,
  process: number,
  model: Model,
): string {
  const step = steps[at];
  if (step === undefined) return "the start";
  const by =
    step.transition.process === process ? "its own" : nameOf(model, step.transition.process);
  return `step ${String(at + 1)} (${by}: ${stepText(model, step.transition)})`;
}

/** Returns why it never changes, in lines: the circles, and where a chain of waits comes to its end. */
export function whyNever(trace: Replay, { standing, moving }: StandingTogether): readonly string[] {
  const { model } = trace;
  const next = new Map(standing.map((one) => [one.process, waitedFor(trace, one)] as const));
  const told = new Set<number>();
  const lines: string[] = [];
  for (const { process } of standing) {
    if (told.has(process)) continue;
    const chain = chainFrom(process, next, told);
    for (const at of chain.path) told.add(at);
    lines.push(chainWords(trace, chain, standing));
  }
  const going = moving.map((process) => nameOf(model, process));
  return going.length === 0
    ? lines
    : [...lines, `${listed(going)} can go on, and comes to nothing of it`];
}

interface Chain {
  readonly path: readonly number[];
  /** Where it comes to an end: one of its own, one that was told of, or one that does not stand. */
  readonly end: number | null;
}

/** From a blocked process to the one that it waits for, on to one that was met before or that waits for none. */
function chainFrom(
  from: number,
  next: ReadonlyMap<number, readonly number[]>,
  told: ReadonlySet<number>,
): Chain {
  const path = [from];
  for (;;) {
    const to = next.get(path.at(-1) ?? from) ?? [];
    const standing = to.filter((process) => next.has(process));
    const [on] = [...standing.filter((process) => !path.includes(process)), ...standing];
    const end = on ?? to[0] ?? null;
    if (end === null || !next.has(end) || path.includes(end) || told.has(end)) return { path, end };
    path.push(end);
  }
}

function chainWords(trace: Replay, { path, end }: Chain, all: readonly Standing[]): string {
  const { model } = trace;
  const of = (process: number | undefined): Standing | undefined =>
    all.find((one) => one.process === process);
  const links = [...path.slice(1), ...(end === null ? [] : [end])].map((to, i) => {
    const how = of(path[i])?.reason.kind === "off-cpu" ? "is kept off its CPU by" : "waits for";
    return `${how} ${nameOf(model, to)}`;
  });
  const last = of(path.at(-1));
  const none = end === null && last !== undefined ? ["waits for what nobody will do"] : [];
  const chain = `${nameOf(model, path[0] ?? -1)} ${[...links, ...none].join(", which ")}`;
  if (end === null) return last === undefined ? chain : `${chain}: ${inTheWay(trace, last)}`;
  if (path.includes(end)) {
    return path.length === 1 ? `${chain}, itself` : `${chain}: each would have to go first`;
  }
  return of(end) === undefined ? `${chain}: ${ended(trace, end)}` : chain;
}

/** Of one that is waited for and does not stand. */
function ended({ model, final }: Replay, number: number): string {
  const process = model.processes[number];
  const here = process?.leaving[final[process.slot] ?? 0] ?? [];
  const cpu = cpuOf(model, final, number);
  if (process?.kind === "device") return "a device may fall silent";
  if (here.length === 0) return "it has come to the end of its code";
  return `it does not do it${cpu === null ? "" : `, on cpu${String(cpu)}`}`;
}

const nameOf = ({ processes }: Model, number: number): string => processes[number]?.name ?? "?";

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
