/** What lockdep knows after each step of a trace, as if it had watched it. */
import { Lockdep } from "../../lockdep/index.js";
import type { Report } from "../../lockdep/report/report.js";
import type { LockGraph } from "../../lockdep/report/view.js";
import type { Trace } from "./trace.js";

/** Lockdep's knowledge at one moment. */
export interface LockdepView {
  readonly graph: LockGraph;
  /** Its first report, or null so far. */
  readonly report: Report | null;
}

/**
 * Returns lockdep's knowledge before the first step and after each.
 *
 * As in the kernel, it is told of a lock before the task spins for it: a deadlock is reported by
 * whoever closes it, although no step is taken any more.
 *
 * @param lockdep what it knew before; nothing unless given. It learns what the trace teaches.
 */
export function lockdepAlong(trace: Trace, lockdep = new Lockdep()): readonly LockdepView[] {
  const asked = new Set<string>();
  const view = (): LockdepView => ({ graph: lockdep.graph(), report: lockdep.report });
  const start = view();
  const steps = trace.steps.map((step) => {
    for (const event of step.events) {
      // Told when the spinning began; `delete` says whether it was.
      if (event.kind === "acquire" && asked.delete(askOf(step.by, event.map.id))) continue;
      lockdep.feed(event);
    }
    for (const { running, waits } of step.after.cpus) {
      if (waits?.lock == null || asked.has(askOf(running, waits.lock))) continue;
      asked.add(askOf(running, waits.lock));
      for (const event of waits.asked) lockdep.feed(event);
    }
    return view();
  });
  return [start, ...steps];
}

const askOf = (process: string, lock: string): string => `${process} ${lock}`;
