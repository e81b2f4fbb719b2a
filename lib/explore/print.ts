/** A trace as text: each step, who holds what, and at the end who waits for what. */
import { heldLocks, waiting } from "../machine/index.js";
import type { Replay, ReplayStep } from "./replay.js";

/** Returns the lines of a trace. */
export function printReplay(trace: Replay): string[] {
  const { model, steps, final, failedAt } = trace;
  const width = Math.max(0, ...steps.map((s) => who(s).length));
  const what = steps.map((s) => doing(s));
  const room = Math.max(0, ...what.map(({ length }) => length));
  const lines = steps.map((s, at) => {
    const held = heldLocks(model, s.after).map(({ lock, owner }) => `${lock} by ${owner}`);
    const number = String(at + 1).padStart(String(steps.length).length);
    const end = held.length === 0 ? "" : `  held: ${held.join(", ")}`;
    const wrong = s.violations.map(({ kind, message }) => `  ${kind}: ${message}`).join("");
    return `${number}  ${who(s).padEnd(width)}  ${(what[at] ?? "").padEnd(room)}${end}${wrong}`.trimEnd();
  });
  const stop =
    failedAt === null ? [] : [`step ${failedAt + 1} of the schedule is not possible here`];
  const blocked = waiting(model, final).map(
    ({ process, label, lock }) => `${process} waits: ${label}${lock === null ? "" : ` (${lock})`}`,
  );
  return [...lines, ...stop, ...blocked];
}

const who = ({ process, cpu }: ReplayStep): string =>
  cpu === null ? process : `${process} on cpu${String(cpu)}`;

function doing({ transition }: ReplayStep): string {
  const { label, picked, stack } = transition;
  const [inner] = stack;
  const where = inner === undefined ? "" : `${inner}: `;
  return `${where}${label}${picked === null ? "" : ` (${picked.name})`}`;
}
