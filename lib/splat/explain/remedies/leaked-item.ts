/** What to do about a work item that leaves its worker with more, or less, than it found. */
import { leavesNoLock, leftPreempt } from "../../evidence/held/left-by-item.js";
import type { LeakedLockSplat } from "../../report/index.js";
import { code, takenIn } from "../words/words.js";

/** Returns the mends, by the counts that the kernel prints since 6.10, else by the list of held locks. */
export function leakedItemMend(report: LeakedLockSplat): readonly string[] {
  const { counts, held, lastFunction } = report;
  const item = lastFunction === null ? "the work item" : code(lastFunction);
  const left = (held?.locks ?? []).map((lock) => `${code(lock.name)}${takenIn(lock)}`);
  const without = left.length === 0 ? "what is held" : left.join("; or ");
  const find = `Find the path that leaves without releasing ${without}.`;
  const preempt = leftPreempt(report);
  const atomic = preemptMends(item, preempt);
  if (counts === null)
    return leavesNoLock(report) && atomic.length > 0 ? atomic : [find, ...atomic];
  const [before, after] = counts.locks;
  const [opened, open] = counts.rcu;
  return [
    ...(after > before ? [find] : []),
    ...(after < before
      ? [
          `${item} found ${before} held and leaves ${after}: it releases what it did not take, or lockdep was switched off in between and no longer counts. An item before it leaked that: look for the report of that one first.`,
        ]
      : []),
    ...(open > opened
      ? [`Find the path of ${item} that leaves without rcu_read_unlock().`]
      : open < opened
        ? [`Find the path of ${item} that calls rcu_read_unlock() without a section of its own.`]
        : []),
    ...atomic,
  ];
}

function preemptMends(item: string, count: number): readonly string[] {
  const shown = `0x${count.toString(16)}`;
  if (count === 0) return [];
  if (count > 0x7fffffff) {
    return [
      `The preempt count is left below zero (${shown}): ${item} switches preemption or softirqs on more often than off, as by releasing a spinlock, or leaving a section, that it did not take.`,
    ];
  }
  return [
    `The preempt count is left at ${shown}: find the path of ${item} that leaves with preemption off, as by a spinlock that lockdep does not know, get_cpu() or an RCU section.`,
  ];
}
