/** In what schedulers and calls of `schedule()` may differ. */
import type { Expr } from "../language/expr.js";
import type { IdSet } from "../language/id-set.js";
import type { Statement } from "../language/statement.js";

/** What differs between kernels, or is wrong on purpose. */
export interface SchedulerOptions {
  /** `p->__state`, `rq->__lock` and so on are declared for the tasks of this set. */
  readonly tasks: IdSet;
  /** False if `schedule()` forgets to switch IRQs off; true by default. */
  readonly irqsOff?: boolean;
  /** One lock for all run queues, as core scheduling has for siblings; false by default. */
  readonly oneLock?: boolean;
  /**
   * The CPU on which each task is queued at first, both by number. The first CPU by default: since nothing
   * balances load, tasks that never wake each other then run there one after another.
   */
  readonly startOn?: (task: number) => number;
  /** True if the sched_in notifiers run before `rq->__lock` is dropped; false by default. */
  readonly notifyUnderLock?: boolean;
  /**
   * False for a kernel without `CONFIG_PREEMPT_COUNT`, which cannot tell that it schedules while atomic:
   * then `schedule()` looks at no counts, and states are fewer; true by default.
   */
  readonly preemptCount?: boolean;
  /** What `fire_sched_in_preempt_notifiers()` runs; nothing by default. */
  readonly schedIn?: (me: Expr) => readonly Statement[];
}

/** How a task calls `schedule()`. */
export interface ScheduleOptions {
  /**
   * What `fire_sched_out_preempt_notifiers()` runs; nothing by default, and nothing where a task sleeps
   * for a lock.
   */
  readonly schedOut?: readonly Statement[];
  /**
   * True for `preempt_schedule()`: the task stays on its run queue whatever its state. Where preemption
   * or IRQs are off it does nothing; with `preemptCount: false` that is for the caller to see to.
   */
  readonly preempt?: boolean;
  /**
   * True where nobody has to wake the task, as a vCPU that has halted or a thread without work: otherwise one
   * that has left its run queue and is never woken is a deadlock, since a wakeup was lost.
   */
  readonly idle?: boolean;
}
