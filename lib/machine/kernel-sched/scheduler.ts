/**
 * The scheduler as far as its locks matter: run queues, `schedule()` and `try_to_wake_up()`.
 *
 * Follows kernel/sched/core.c of Linux 6.12. Left out: priorities (any queued task may be picked),
 * the wakelist of `ttwu_queue()` (an optimisation that PREEMPT_RT switches off; without it a waker
 * spins on `p->on_cpu`), load balancing, and preemption but where a task calls `schedule()` for it.
 */
import { contextSwitch } from "./context-switch.js";
import type { ScheduleOptions, SchedulerOptions } from "./scheduler-options.js";
import { expectOptions } from "../../primitives/option-names.js";
import { type Expr, at, eq } from "../language/expr.js";
import { CPU, NONE, expectSet } from "../language/id-set.js";
import { type TaskOptions, tasks } from "../kernel/process.js";
import type { Process } from "../language/process-type.js";
import { type RunQueues, runQueues } from "./run-queue.js";
import { sleepersOf } from "./wait-lists.js";
import { type SleepingMutex, sleepingMutex } from "./sleeping-mutex.js";
import { type SleepingRwsem, sleepingRwsem } from "./sleeping-rwsem.js";
import { either, fn, forever } from "../language/control-flow.js";
import type { Statement } from "../language/statement.js";
import { set } from "../language/step.js";
import { TASK_DEAD } from "./task-state.js";
import { wakeUpProcess } from "./try-to-wake-up.js";

/** The variables and functions of one scheduler. */
export interface Scheduler extends RunQueues, SleepingMutex, SleepingRwsem {
  /**
   * `schedule()`, called by a task: returns when the task is switched in again. A misuse under a
   * spinlock, with preemption off, and in a handler (`__schedule_bug()`). A task that has left its run queue and
   * that nobody will wake is a deadlock, unless it is told that this is `idle`.
   */
  readonly schedule: (me: Expr, options?: ScheduleOptions) => Statement;
  /** The first thing that a new task does: `schedule_tail()`. */
  readonly schedule_tail: (me: Expr) => readonly Statement[];
  /** `wake_up_process()`: from a task or a handler. */
  readonly wake_up_process: (task: Expr) => Statement;
  /** When a task has its CPU, and that it leaves it by `do_exit()` where its body ends; for `tasks()`. */
  readonly place: (me: Expr) => Required<TaskOptions>;
  /** The idle task of every CPU; `others` is what else may happen on an idle CPU. */
  readonly swapper: (others?: (cpu: Expr) => readonly (readonly Statement[])[]) => Process;
}

const optionNames: Record<keyof SchedulerOptions, true> = {
  tasks: true,
  irqsOff: true,
  oneLock: true,
  startOn: true,
  notifyUnderLock: true,
  preemptCount: true,
  schedIn: true,
};

/**
 * Returns a scheduler for a set of tasks, all of which start queued, on the first CPU unless told.
 *
 * @throws TypeError if no set of tasks is given, or an option that there is not
 */
export function scheduler(options: SchedulerOptions): Scheduler {
  expectOptions("scheduler()", options, optionNames);
  expectSet("scheduler(): tasks", options.tasks);
  const queues = runQueues(options.tasks, options.oneLock ?? false, options.startOn);
  const { schedule, sleep, schedule_tail, schedule_idle } = contextSwitch(queues, options);
  const sleepers = sleepersOf(options.tasks, queues, sleep);
  return {
    ...queues,
    ...sleepingMutex(sleepers),
    ...sleepingRwsem(sleepers),
    schedule,
    schedule_tail,
    wake_up_process: (task) => wakeUpProcess(queues, task),
    place: (me) => ({
      cpu: at(queues.task_cpu, me),
      runs: eq(at(queues.curr, at(queues.task_cpu, me)), me),
      exit: [
        fn("do_exit", [
          set(at(queues.state, me), TASK_DEAD, "set_special_state(TASK_DEAD)"),
          schedule(me, { idle: true }),
        ]),
      ],
    }),
    swapper: (others = () => []) =>
      tasks(
        "swapper",
        CPU,
        (cpu) => ({ cpu, runs: eq(at(queues.curr, cpu), NONE) }),
        (cpu) => [forever([either(schedule_idle(cpu), ...others(cpu))])],
      ),
  };
}
