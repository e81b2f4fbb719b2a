/** What a work item leaves to its worker. */
import type { LeakedLockSplat } from "../../report/index.js";

/** Whether what is left is the context alone, and no lock. */
export const leavesNoLock = (report: LeakedLockSplat): boolean =>
  report.counts === null
    ? report.held?.locks.length === 0 && leftPreempt(report) !== 0
    : report.counts.locks[1] <= report.counts.locks[0];

/** The preempt count that is left: before 6.10 it stands between the task and its number. */
export function leftPreempt({ counts, headline }: LeakedLockSplat): number {
  if (counts !== null) return counts.preempt;
  return Number(/leaked lock or atomic: .*\/(0x[0-9a-f]{1,8})\/\d+/.exec(headline)?.[1] ?? 0);
}
