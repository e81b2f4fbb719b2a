/** A trace as text: each step, who holds what; at the end who waits for what, and what is violated. */
import { type Model, heldLocks } from "../machine/index.js";
import { Readers } from "./readers.js";
import type { Replay, ReplayStep } from "./replay.js";
import { brokenIn } from "./shows.js";
import { standing } from "./standing.js";
import { stuckWords } from "./stuck.js";
import { stuckIn } from "./stuck-in.js";

/** Returns the lines of a trace. */
export function printReplay(trace: Replay): string[] {
  const { model, steps, final, failedAt } = trace;
  const width = Math.max(0, ...steps.map((s) => who(s).length));
  const what = steps.map((s) => doing(s));
  const room = Math.max(0, ...what.map(({ length }) => length));
  const readers = new Readers(model);
  const lines = steps.map((s, at) => {
    readers.follow(s);
    const held = [...ownersIn(model, s), ...readers.held];
    const number = String(at + 1).padStart(String(steps.length).length);
    const end = held.length === 0 ? "" : `  held: ${held.join(", ")}`;
    const wrong = s.violations.map(({ kind, message }) => `  ${kind}: ${message}`).join("");
    return `${number}  ${who(s).padEnd(width)}  ${(what[at] ?? "").padEnd(room)}${end}${wrong}`.trimEnd();
  });
  const stop =
    failedAt === null ? [] : [`step ${failedAt + 1} of the schedule is not possible here`];
  const blocked = standing(model, final).map(({ process, label, lock, keptOff }) => {
    if (keptOff) return `${process} is not running: ${label}`;
    return `${process} waits: ${label}${lock === null ? "" : ` (${lock})`}`;
  });
  const stuck = failedAt === null ? (stuckIn(model, final) ?? []) : [];
  const broken = [
    ...brokenIn(model, "invariant", final).map((name) => `invariant violated: ${name}`),
    ...brokenIn(model, "lost-wakeup", final).map((name) => `lost-wakeup: ${name}`),
  ];
  const dead = stuck.length === 0 ? [] : [`deadlock: ${stuckWords(model, final, stuck)}`];
  return [...lines, ...stop, ...blocked, ...broken, ...dead];
}

const ownersIn = (model: Model, { after }: ReplayStep): readonly string[] =>
  heldLocks(model, after).map(({ lock, owner }) => `${lock} by ${owner}`);

const who = ({ process, cpu }: ReplayStep): string =>
  cpu === null ? process : `${process} on cpu${String(cpu)}`;

function doing({ transition }: ReplayStep): string {
  const { label, picked, stack } = transition;
  const [inner] = stack;
  const where = inner === undefined ? "" : `${inner}: `;
  return `${where}${label}${picked === null ? "" : ` (${picked.name})`}`;
}
