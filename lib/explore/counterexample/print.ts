/** A trace as text: each step, who holds what; at the end who waits for what, and what is violated. */
import {
  type Model,
  type Replay,
  type ReplayStep,
  heldLocks,
  isAtEnd,
  replay,
  type Transition,
} from "../../machine/index.js";
import { blockedProcesses } from "../../machine/run/blocked.js";
import { stepTextAfter } from "../../machine/run/step-text.js";
import { standingFrom } from "../../machine/waits/index.js";
import { stuckWords } from "../deadlock/deadlock.js";
import { StuckFinder } from "../deadlock/stuck-from.js";
import { type Certain, certainFrom } from "./certain-from.js";
import { Readers } from "./reader-holders.js";
import { standingLines, whyNever } from "./standing-words.js";
import { goOn } from "./until-all-stand.js";
import { brokenIn } from "./violates.js";

/**
 * Returns the lines of a trace: each step with all that is held after it. One that comes to a deadlock goes on until
 * all stand; a line says from which step on nobody gets out, and the last lines who waits for whom.
 *
 * @param most of so many steps at the end alone, and then what is held only where that changes: as much as
 *   fits on a page
 */
export function printReplay(trace: Replay, most = Infinity): string[] {
  const { model, failedAt, steps } = trace;
  if (failedAt !== null) {
    return [
      ...stepLines(trace, most),
      `step ${failedAt + 1} of the schedule is not possible here`,
      ...blockedLines(trace, []),
      ...brokenLines(trace),
    ];
  }
  const certain = certainFrom(model, steps);
  if (certain === null) {
    return [...stepLines(trace, most), ...blockedLines(trace, []), ...brokenLines(trace)];
  }
  const ids = steps.map(({ transition }) => transition.id);
  const whole = replay(model, goOn(model, ids, certain.stuck));
  const { property, numbers = [] } = new StuckFinder(model).find(whole.final) ?? {};
  const together = standingFrom(whole, [...new Set([...certain.stuck, ...numbers])]);
  const { standing } = together;
  return [
    ...stepLines(whole, most, certain),
    ...standingLines(whole, standing),
    ...blockedLines(
      whole,
      standing.map(({ process }) => process),
    ),
    ...brokenLines(whole),
    `${property ?? "deadlock"}: ${stuckWords(model, whole.final, numbers)}`,
    ...whyNever(whole, together).map((line) => `  forever: ${line}`),
  ];
}

/** The processes that cannot go on, without some that were already named. */
const blockedLines = ({ model, final }: Replay, told: readonly number[]): readonly string[] =>
  blockedProcesses(model, final)
    .filter(({ number }) => !told.includes(number))
    .map(({ process, text, lock, keptOff }) => {
      if (keptOff) return `${process} is not running: ${text}`;
      return `${process} waits: ${text}${lock === null ? "" : ` (${lock})`}`;
    });

const brokenLines = ({ model, final }: Replay): readonly string[] => [
  ...brokenIn(model, "invariant", final).map((name) => `invariant violated: ${name}`),
  ...brokenIn(model, "lost-wakeup", final).map((name) => `lost-wakeup: ${name}`),
  ...brokenIn(model, "finally", final).map((name) => `assert: ${name}, where all have ended`),
];

/** The line behind the step from which on it is certain. */
function certainLine({ model, steps, final }: Replay, { after, stuck }: Certain): string {
  const state = steps[after]?.before ?? final;
  const free = model.processes.some(
    (process, number) =>
      process.kind === "task" && !stuck.includes(number) && !isAtEnd(process, state),
  );
  if (!free) return "from here on nobody can get out";
  const names = stuck.map((number) => model.processes[number]?.name ?? "?");
  return `from here on there is no way out for ${names.join(", ")}`;
}

function stepLines(trace: Replay, most: number, certain: Certain | null = null): string[] {
  const { model, steps } = trace;
  const readers = new Readers(model);
  const held = steps.map((s) => {
    readers.follow(s);
    return [...ownersIn(model, s), ...readers.held].join(", ");
  });
  // A line that says how many are left out takes the place of one.
  const left = steps.length - most <= 1 ? 0 : steps.length - most;
  const shown = steps.slice(left);
  const width = Math.max(0, ...shown.map((s) => who(s).length));
  // What is held stands in a column of its own only where each line says it.
  const does = shown.map((s, i) => {
    const before = shown.slice(0, i).findLast(({ process }) => process === s.process);
    return doing(model, s, before?.transition ?? null);
  });
  const room = left > 0 ? 0 : Math.max(0, ...does.map(({ length }) => length));
  const lines = shown.map((s, i) => {
    const at = left + i;
    const number = String(at + 1).padStart(String(steps.length).length);
    const again = left > 0 && i > 0 && held[at] === held[at - 1];
    const now = held[at] === "" && left > 0 && i > 0 ? "nothing" : held[at];
    const end = again || now === "" ? "" : `  held: ${now ?? ""}`;
    const wrong = s.violations.map(({ kind, message }) => `  ${kind}: ${message}`).join("");
    return `${number}  ${who(s).padEnd(width)}  ${(does[i] ?? "").padEnd(room)}${end}${wrong}`.trimEnd();
  });
  if (certain !== null && certain.after >= left) {
    lines.splice(certain.after - left, 0, certainLine(trace, certain));
  }
  return left === 0 ? lines : [`... ${String(left)} steps before these`, ...lines];
}

const ownersIn = (model: Model, { after }: ReplayStep): readonly string[] =>
  heldLocks(model, after).map(({ lock, owner }) => `${lock} by ${owner}`);

const who = ({ process, cpu }: ReplayStep): string =>
  cpu === null ? process : `${process} on cpu${String(cpu)}`;

/** Returns what a step does; of several of one line, which. */
function doing(model: Model, { transition }: ReplayStep, before: Transition | null): string {
  const { picked, stack, at } = transition;
  const [inner] = stack;
  const place = at === null ? "" : `${at.file}:${String(at.line)} `;
  const where = place + (inner === undefined ? "" : `${inner}: `);
  const text = stepTextAfter(model, transition, before);
  return `${where}${text}${picked === null ? "" : ` (${picked.name})`}`;
}
