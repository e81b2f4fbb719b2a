/**
 * Bounds on the usage bits that lie before and after a class, kept while bits and edges are added.
 *
 * A search for a usage that no class in that direction has must end in nothing, so it is left out.
 * Each class can only gain ten bits, so keeping the bounds costs a few visits per edge in total.
 */
import type { LockClass } from "../state/class.js";
import type { Core } from "../state/core.js";

function spread(from: LockClass, bits: number, forwards: boolean): void {
  const work: LockClass[] = [from];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const known = forwards ? at.usageBefore : at.usageAfter;
    if ((bits & ~known) === 0) continue;
    if (forwards) at.usageBefore |= bits;
    else at.usageAfter |= bits;
    for (const { to } of forwards ? at.locksAfter : at.locksBefore) work.push(to);
  }
}

/** Takes note of a usage bit that a class has gained. */
export function spreadUsage(lockClass: LockClass, bit: number): void {
  spread(lockClass, 1 << bit, true);
  spread(lockClass, 1 << bit, false);
}

/** Takes note of a new edge. */
export function spreadEdge(from: LockClass, to: LockClass): void {
  spread(to, from.usageBefore, true);
  spread(from, to.usageAfter, false);
}

/** True where leaving a search out cannot hide that its queue would have overflown. */
export const mayShortcut = (core: Core): boolean =>
  core.shortcuts && core.classes.size < core.limits.queue - 1;
