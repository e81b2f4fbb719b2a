/** What lockdep knows after each step of a trace, as if it had watched it. */
import { Lockdep } from "../../lockdep/index.js";
import type { Report } from "../../lockdep/report/report.js";
import type { LockGraph } from "../../lockdep/report/view.js";
import type { Event } from "../../primitives/event.js";
import { samePrefix } from "./same-events.js";
import type { Trace, TraceState } from "./trace.js";

/** Lockdep's knowledge at one moment. */
export interface LockdepView {
  readonly graph: LockGraph;
  /** Its first report, or null so far. */
  readonly report: Report | null;
}

/**
 * Returns lockdep's knowledge before the first step and after each.
 *
 * As in the kernel, it is told of a lock before the task spins for it: a deadlock is reported by the process that closes it,
 * although no step is taken any more. And of an annotation it is told where the text has passed it, not with the step
 * that comes next.
 *
 * @param lockdep what it knew before; nothing unless given. It learns what the trace teaches.
 */
export function lockdepAlong(trace: Trace, lockdep = new Lockdep()): readonly LockdepView[] {
  const told = new Map<string, readonly Event[]>();
  const view = (): LockdepView => ({ graph: lockdep.graph(), report: lockdep.report });
  const hear = (state: TraceState): LockdepView => {
    for (const { running, told: said } of state.cpus) {
      const before = told.get(running) ?? [];
      if (said.length <= before.length) continue;
      for (const event of said.slice(before.length)) lockdep.feed(event);
      told.set(running, said);
    }
    return view();
  };
  const start = hear(trace.start);
  const steps = trace.steps.map(({ by, events, after }) => {
    const known = samePrefix(told.get(by) ?? [], events).length;
    told.delete(by);
    for (const event of events.slice(known)) lockdep.feed(event);
    return hear(after);
  });
  return [start, ...steps];
}
