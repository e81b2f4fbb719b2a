/**
 * `schedule()`: from the lock of the run queue to `finish_task_switch()`, which drops it for the task
 * before and only then runs the sched_in notifiers.
 */
import { expectOptions } from "../../primitives/option-names.js";
import { in_atomic, local_irq_disable, local_irq_enable, may_sleep } from "../kernel/cpu.js";
import { type Expr, type Operand, at, eq, ne, not, or } from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import { lockdep_unpin_lock, spin_acquire, spin_release } from "../kernel-locks/lockdep-hooks.js";
import { raw_spin_unlock } from "../kernel-locks/spinlock.js";
import type { RunQueues } from "./run-queue.js";
import type { ScheduleOptions, SchedulerOptions } from "./scheduler-options.js";
import { fn, if_ } from "../language/control-flow.js";
import { assign, check, when } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { atomic, step } from "../language/step.js";
import { TASK_DEAD, TASK_RUNNING } from "./task-state.js";

/** The functions of kernel/sched/core.c that switch. */
export interface ContextSwitch {
  readonly schedule: (me: Expr, options?: ScheduleOptions) => Statement;
  /** `schedule()` in a call that waits for a lock: the task is stuck unless somebody wakes it. */
  readonly sleep: (me: Expr, call: string) => Statement;
  readonly schedule_tail: (me: Expr) => readonly Statement[];
  /** `schedule_idle()` of the idle task of a CPU. */
  readonly schedule_idle: (cpu: Expr) => readonly Statement[];
}

/** Returns the functions that switch tasks on these run queues. */
export function contextSwitch(queues: RunQueues, options: SchedulerOptions): ContextSwitch {
  const { irqsOff = true, notifyUnderLock = false, schedIn = () => [] } = options;
  const { preemptCount = true } = options;
  const { here, curr, state, on_cpu, on_rq, rq_lock, next, prev } = queues;
  const { dequeue, anyQueued, pick_next_task, lock_pinned } = queues;

  const switch_to = (me: Operand): readonly Statement[] => [
    lockdep_unpin_lock(rq_lock(here)),
    spin_release(rq_lock(here)),
    step("switch_to", {
      then: [
        when(ne(at(next, here), NONE), [assign(at(on_cpu, at(next, here)), true)]),
        assign(at(prev, here), me),
        assign(at(curr, here), at(next, here)),
        assign(at(next, here), NONE),
      ],
    }),
  ];

  const unlock_irq = (): readonly Statement[] => [
    raw_spin_unlock(rq_lock(here)),
    ...(irqsOff ? [local_irq_enable()] : []),
  ];

  /** What the next task does first, wherever it was switched out. */
  const finish_task_switch = (
    notifiers: readonly Statement[],
    switchedIn = step("finish_task", { end: true }),
  ): Statement =>
    fn("finish_task_switch", [
      atomic(switchedIn.label, [
        switchedIn,
        step("prev->on_cpu = 0", {
          then: [
            when(ne(at(prev, here), NONE), [assign(at(on_cpu, at(prev, here)), false)]),
            assign(at(prev, here), NONE),
          ],
        }),
      ]),
      spin_acquire(rq_lock(here)),
      ...(notifyUnderLock ? [fire("in", notifiers), ...unlock_irq()] : []),
      ...(notifyUnderLock ? [] : [...unlock_irq(), fire("in", notifiers)]),
    ]);
  const fire = (which: "in" | "out", notifiers: readonly Statement[]): Statement =>
    fn(`fire_sched_${which}_preempt_notifiers`, notifiers);

  /** The first step of `__schedule()`, with what `schedule_debug()` looks at. */
  const entry = (preempt: boolean): readonly Statement[] => {
    const off = irqsOff ? [local_irq_disable()] : [];
    if (preempt || !preemptCount) return off;
    const bug = check(not(in_atomic()), "scheduling while atomic", "misuse");
    const debug = step("schedule_debug", { then: [bug] });
    return [off.length === 0 ? debug : atomic("local_irq_disable()", [debug, ...off])];
  };

  const __schedule = (
    me: Expr,
    { schedOut = [], preempt = false }: ScheduleOptions,
    switchedIn?: Step,
  ): Statement =>
    fn("__schedule", [
      ...entry(preempt),
      ...lock_pinned(here),
      ...(preempt
        ? []
        : [
            step("try_to_block_task", {
              then: [when(ne(at(state, me), TASK_RUNNING), dequeue(me, here))],
            }),
          ]),
      pick_next_task,
      if_(
        eq(at(next, here), me),
        [
          step("prev == next", { then: [assign(at(next, here), NONE)] }),
          lockdep_unpin_lock(rq_lock(here)),
          ...unlock_irq(),
        ],
        [
          fn("context_switch", [
            fn("prepare_task_switch", [fire("out", schedOut)]),
            ...switch_to(me),
          ]),
          finish_task_switch(schedIn(me), switchedIn),
        ],
      ),
    ]);

  const schedule = (me: Expr, how: ScheduleOptions = {}): Statement => {
    expectOptions("schedule()", how, { schedOut: true, preempt: true, idle: true });
    if (how.preempt !== true) {
      const wakes =
        how.idle === true
          ? undefined
          : step("schedule()", { end: or(at(on_rq, me), eq(at(state, me), TASK_DEAD)) });
      return fn("schedule", [__schedule(me, how, wakes)]);
    }
    const switching = [__schedule(me, how)];
    return fn("preempt_schedule", preemptCount ? [if_(may_sleep(), switching)] : switching);
  };

  const sleep = (me: Expr, call: string): Statement =>
    fn("schedule", [
      // In a run queue it waits for its CPU alone, as whoever is not picked may do forever.
      __schedule(me, {}, step(`${call}: switched in`, { end: at(on_rq, me) })),
    ]);

  const schedule_idle = (cpu: Expr): readonly Statement[] => [
    fn("schedule_idle", [
      fn("__schedule", [
        atomic("need_resched()", [
          step("need_resched()", { when: anyQueued(cpu), end: true }),
          ...(irqsOff ? [local_irq_disable()] : []),
        ]),
        ...lock_pinned(cpu),
        pick_next_task,
        if_(
          ne(at(next, cpu), NONE),
          [...switch_to(NONE), finish_task_switch([])],
          [lockdep_unpin_lock(rq_lock(here)), ...unlock_irq()],
        ),
      ]),
    ]),
  ];

  return {
    schedule,
    sleep,
    schedule_tail: (me) => [fn("schedule_tail", [finish_task_switch(schedIn(me))])],
    schedule_idle,
  };
}
