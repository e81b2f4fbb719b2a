/** A trace as text: each step, who holds what; at the end who waits for what, and what is violated. */
import { type Model, heldLocks } from "../../machine/index.js";
import { Readers } from "./reader-holders.js";
import type { Replay, ReplayStep } from "../../machine/run/replay.js";
import { brokenIn } from "./violates.js";
import { blockedProcesses } from "../../machine/run/blocked.js";
import { stuckWords } from "../deadlock/deadlock.js";
import { whyForever } from "../deadlock/why-forever.js";
import { StuckFinder } from "../deadlock/stuck-from.js";

/**
 * Returns the lines of a trace: each step with all that is held after it.
 *
 * @param most of so many steps at the end alone, and then what is held only where that changes: as much as
 *   fits on a page
 */
export function printReplay(trace: Replay, most = Infinity): string[] {
  const { model, failedAt, final } = trace;
  const stop =
    failedAt === null ? [] : [`step ${failedAt + 1} of the schedule is not possible here`];
  const blocked = blockedProcesses(model, final).map(({ process, label, lock, keptOff }) => {
    if (keptOff) return `${process} is not running: ${label}`;
    return `${process} waits: ${label}${lock === null ? "" : ` (${lock})`}`;
  });
  const stuck = failedAt === null ? new StuckFinder(model).find(final) : null;
  const broken = [
    ...brokenIn(model, "invariant", final).map((name) => `invariant violated: ${name}`),
    ...brokenIn(model, "lost-wakeup", final).map((name) => `lost-wakeup: ${name}`),
    ...brokenIn(model, "finally", final).map((name) => `assert: ${name}, where all have ended`),
  ];
  const { property, numbers = [] } = stuck ?? {};
  const dead =
    property === undefined || numbers.length === 0
      ? []
      : [
          `${property}: ${stuckWords(model, final, numbers)}`,
          ...whyForever(model, final, numbers).map((line) => `  forever: ${line}`),
        ];
  return [...stepLines(trace, most), ...stop, ...blocked, ...broken, ...dead];
}

function stepLines({ model, steps }: Replay, most: number): string[] {
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
  const room = left > 0 ? 0 : Math.max(0, ...shown.map((s) => doing(s).length));
  const lines = shown.map((s, i) => {
    const at = left + i;
    const number = String(at + 1).padStart(String(steps.length).length);
    const again = left > 0 && i > 0 && held[at] === held[at - 1];
    const now = held[at] === "" && left > 0 && i > 0 ? "nothing" : held[at];
    const end = again || now === "" ? "" : `  held: ${now ?? ""}`;
    const wrong = s.violations.map(({ kind, message }) => `  ${kind}: ${message}`).join("");
    return `${number}  ${who(s).padEnd(width)}  ${doing(s).padEnd(room)}${end}${wrong}`.trimEnd();
  });
  return left === 0 ? lines : [`... ${String(left)} steps before these`, ...lines];
}

const ownersIn = (model: Model, { after }: ReplayStep): readonly string[] =>
  heldLocks(model, after).map(({ lock, owner }) => `${lock} by ${owner}`);

const who = ({ process, cpu }: ReplayStep): string =>
  cpu === null ? process : `${process} on cpu${String(cpu)}`;

function doing({ transition }: ReplayStep): string {
  const { label, picked, stack, at } = transition;
  const [inner] = stack;
  const place = at === null ? "" : `${at.file}:${String(at.line)} `;
  const where = place + (inner === undefined ? "" : `${inner}: `);
  return `${where}${label}${picked === null ? "" : ` (${picked.name})`}`;
}
