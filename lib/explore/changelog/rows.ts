/** The rows of a changelog's timeline: numbered steps, and who waits for which of them. */
import {
  type Model,
  type Replay,
  type ReplayStep,
  type State,
  type Transition,
  cpuOf,
  evaluate,
} from "../../machine/index.js";
import { lockWanted } from "../../machine/model/whereabouts.js";
import { stepText } from "../../machine/run/step-text.js";
import type { Standing } from "../../machine/waits/index.js";
import type { Matters } from "./matters.js";

/** A numbered row. */
export interface Row {
  /** From 1. */
  readonly number: number;
  /** Null for a device. */
  readonly cpu: number | null;
  readonly process: string;
  readonly text: string;
  /** Whether it is the arrival of an interrupt. */
  readonly arrival: boolean;
  /** The position in the schedule; null for what has not happened: the wait of a blocked process. */
  readonly step: number | null;
  /** Whether somebody waits there at the end. */
  readonly waits: boolean;
}

/** A process that stands, and the number of its row. */
export interface StandingRow {
  readonly number: number;
  readonly standing: Standing;
}

/** The rows in their order. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly standing: readonly StandingRow[];
}

/** Returns the rows of what matters. */
export function rowsOf(trace: Replay, { steps: kept, standing }: Matters): Rows {
  const { model, steps, final } = trace;
  const waiting = standing.filter(({ reason }) => reason.kind !== "off-cpu");
  const begun = new Map(waiting.map((one) => [beginOf(steps, one, kept), one] as const));
  const done = kept.flatMap((step, i): Row[] => {
    const taken = steps[step];
    if (taken === undefined) return [];
    const wait = begun.get(step);
    return [
      {
        number: i + 1,
        cpu: taken.cpu,
        process: taken.process,
        text: wait === undefined ? textOf(model, taken) : waitText(model, wait, final),
        arrival: isArrival(taken),
        step,
        waits: wait !== undefined,
      },
    ];
  });
  const rest = waiting.filter((one) => beginOf(steps, one, kept) === null);
  const waits = rest.map((one, i): Row => ({
    number: done.length + i + 1,
    cpu: cpuOf(model, final, one.process),
    process: nameOf(model, one.process),
    text: waitText(model, one, final),
    arrival: false,
    step: null,
    waits: true,
  }));
  const rowOf = (one: Standing): number => {
    const begin = beginOf(steps, one, kept);
    return begin === null ? done.length + rest.indexOf(one) + 1 : kept.indexOf(begin) + 1;
  };
  return {
    rows: [...done, ...waits],
    standing: standing.map((one) => ({
      standing: one,
      number: one.reason.kind === "off-cpu" ? 0 : rowOf(one),
    })),
  };
}

const nameOf = ({ processes }: Model, number: number): string => processes[number]?.name ?? "?";

const isArrival = ({ events }: ReplayStep): boolean =>
  events.some((event) => event.kind === "enter" || (event.kind === "nmi" && event.on));

/** The kept step with which a process began the call in which it stands; null if that is no row. */
function beginOf(
  steps: readonly ReplayStep[],
  { process, next, spins }: Standing,
  kept: readonly number[],
): number | null {
  if (spins || next === null) return null;
  const last = steps.findLastIndex(({ transition }) => transition.process === process);
  const step = steps[last];
  if (step === undefined || !kept.includes(last)) return null;
  const { transition, events } = step;
  const { label } = transition;
  const inside = label.includes("()") && next.stack[0] === wordOf(next.label);
  const sameCall =
    label !== next.label &&
    transition.at?.line === next.at?.line &&
    transition.stack.join() === next.stack.join() &&
    (label.startsWith(next.label) || inside);
  return sameCall && !events.some(({ kind }) => kind === "locked") ? last : null;
}

/** The name of the call that a step is. */
const wordOf = (label: string): string => /^\w*/.exec(label)?.[0] ?? "";

function textOf(model: Model, { transition, events, process, before }: ReplayStep): string {
  const { label, picked } = transition;
  if (events.some(({ kind }) => kind === "enter" || kind === "nmi")) {
    return `<Interrupt> ${/^<(.*)>$/.exec(label)?.[1] ?? process}`;
  }
  const text = asWritten(model, transition);
  const isTest = transition.changes.length === 0 && /^!|[=!<>]= |\]$/.test(text);
  if (isTest && text === label) return `if (${label})`;
  const which = picked === null ? "" : ` /* ${picked.name} */`;
  return statement(text) + which + instanceIn(model, transition, before);
}

function waitText(model: Model, { label, next }: Standing, state: State): string {
  if (next === null) return statement(label);
  const text = next.label === label ? asWritten(model, next) : label;
  return statement(text) + instanceIn(model, next, state);
}

/**
 * Returns a step as the line of C has it, a block of one step by its function; its label, where it was written as a
 * statement. The second step of a list's call says that it ends.
 */
function asWritten(model: Model, transition: Transition): string {
  const { label, at, stack } = transition;
  const [inner] = stack;
  const text = stepText(model, transition);
  if (text === label) return at !== null && label === inner ? `${label}()` : label;
  return label.startsWith("end ") ? `${text}; /* done */` : text;
}

/** Which of several locks of a name a step takes, as a comment behind it; empty where there is one. */
function instanceIn(model: Model, transition: Transition, state: State): string {
  const lock = lockWanted(transition);
  if (lock === null) return "";
  const members = lock.index.map((index) => evaluate(index, state)).join();
  const named = model.slots.filter(({ variable }) => variable?.lock?.name === lock.lock.name);
  const { name } =
    named.find(({ variable, index }) => {
      return variable?.name === lock.variable && index.join() === members;
    }) ?? {};
  if (name === undefined || named.length === 1) return "";
  const place = /\[(.*)\]$/.exec(name)?.[1]?.replaceAll("][", ", ");
  return ` /* ${place ?? name} */`;
}

/** A step as a statement: calls and assignments end as such. */
const statement = (label: string): string =>
  /^[\w>.&*[\]()-]+ = |^\w+\(.*\)$/.test(label) ? `${label};` : label;
