/**
 * The scheduler as far as its locks matter: run queues, `schedule()` and `try_to_wake_up()`.
 *
 * Follows kernel/sched/core.c of Linux 6.12. Left out: priorities (any queued task may be picked),
 * the wakelist of `ttwu_queue()` (an optimisation that PREEMPT_RT switches off; without it a waker
 * spins on `p->on_cpu`), and load balancing.
 */
import { local_irq_disable, local_irq_enable } from "./cpu.js";
import { type Expr, type Operand, at, eq, every, ne, not, smp_processor_id, some } from "./expr.js";
import { CPU, type IdSet, NONE } from "./id-set.js";
import { type LockRef, raw_spin_lock, raw_spin_unlock, raw_spinlock } from "./lock.js";
import { type Process, tasks } from "./process.js";
import {
  type Effect,
  type Statement,
  assign,
  atomic,
  choose,
  either,
  fn,
  forever,
  if_,
  step,
  wait_until,
  when,
} from "./statement.js";
import { spin_acquire, spin_release } from "./lock.js";
import { type Variable, bool, id, idOrNone, int, variable } from "./variable.js";

/** `p->__state`: the task is on a run queue or about to be. */
export const TASK_RUNNING = 0;
/** `p->__state`: the task sleeps, or is about to, until somebody wakes it. */
export const TASK_INTERRUPTIBLE = 1;
/** `p->__state`: a waker has claimed the task and looks for a CPU. */
export const TASK_WAKING = 2;
/** `p->__state`: the task has exited and never runs again. */
export const TASK_DEAD = 3;

/** What differs between kernels, or is wrong on purpose. */
export interface SchedulerOptions {
  /** `p->__state`, `rq->__lock` and so on are declared for the tasks of this set. */
  readonly tasks: IdSet;
  /** False if `schedule()` forgets to switch IRQs off; true by default. */
  readonly irqsOff?: boolean;
  /** One lock for all run queues, as core scheduling has for siblings; false by default. */
  readonly oneLock?: boolean;
  /** True if the sched_in notifiers run before `rq->__lock` is dropped; false by default. */
  readonly notifyUnderLock?: boolean;
  /** What `fire_sched_in_preempt_notifiers()` runs; nothing by default. */
  readonly schedIn?: (me: Expr) => readonly Statement[];
}

/** How a task calls `schedule()`. */
export interface ScheduleOptions {
  /** What `fire_sched_out_preempt_notifiers()` runs; nothing by default. */
  readonly schedOut?: readonly Statement[];
  /** True for `preempt_schedule()`: the task stays on its run queue whatever its state. */
  readonly preempt?: boolean;
}

/** The variables and functions of one scheduler. */
export interface Scheduler {
  /** The CPU that runs the code: `smp_processor_id()`. */
  readonly here: Expr;
  readonly curr: Variable;
  readonly state: Variable;
  readonly on_rq: Variable;
  readonly on_cpu: Variable;
  readonly task_cpu: Variable;
  readonly pi_lock: Variable;
  /** `rq_lockp()`: the lock of a CPU's run queue. */
  readonly rq_lock: (cpu: Operand) => LockRef;
  /** Whether a task is queued on a CPU, running there included. */
  readonly queued: (task: Operand, cpu: Operand) => Expr;
  /** `activate_task()` and `deactivate_task()`: under the lock of the CPU's run queue. */
  readonly enqueue: (task: Operand, cpu: Operand) => readonly Effect[];
  readonly dequeue: (task: Operand, cpu: Operand) => readonly Effect[];
  /** `schedule()`, called by a task: returns when the task is switched in again. */
  readonly schedule: (me: Expr, options?: ScheduleOptions) => Statement;
  /** The first thing that a new task does: `schedule_tail()`. */
  readonly schedule_tail: (me: Expr) => readonly Statement[];
  /** `wake_up_process()`: from a task or a handler. */
  readonly wake_up_process: (task: Expr) => Statement;
  /** When a task has its CPU, as `tasks()` wants it. */
  readonly place: (me: Expr) => { readonly cpu: Operand; readonly runs: Operand };
  /** The idle task of every CPU; `others` is what else may happen on an idle CPU. */
  readonly swapper: (others?: (cpu: Expr) => readonly (readonly Statement[])[]) => Process;
}

/** Returns a scheduler for a set of tasks, all of which start queued on the first CPU. */
export function scheduler(options: SchedulerOptions): Scheduler {
  const { tasks: TASK, irqsOff = true, oneLock = false } = options;
  const { notifyUnderLock = false, schedIn = () => [] } = options;

  const curr = variable("rq->curr", idOrNone(TASK), { per: [CPU] });
  const next = variable("next", idOrNone(TASK), { per: [CPU] });
  const prev = variable("prev", idOrNone(TASK), { per: [CPU] });
  const state = variable("p->__state", int(TASK_RUNNING, TASK_DEAD), { per: [TASK] });
  const on_rq = variable("p->on_rq", bool, { per: [TASK], init: 1 });
  const on_cpu = variable("p->on_cpu", bool, { per: [TASK] });
  const task_cpu = variable("task_cpu(p)", id(CPU), { per: [TASK] });
  const queue = variable("rq->queue", bool, {
    per: [CPU, TASK],
    init: (cpu) => (cpu === 0 ? 1 : 0),
  });
  const pi_lock = raw_spinlock("p->pi_lock", { per: [TASK], className: "&p->pi_lock" });
  const naming = { className: "&rq->__lock", key: "rq->__lock" };
  const core = raw_spinlock("rq->core->__lock", naming);
  const own = raw_spinlock("rq->__lock", { ...naming, per: [CPU] });

  const rq_lock = (cpu: Operand): LockRef => (oneLock ? core : at(own, cpu));
  const queued = (task: Operand, cpu: Operand): Expr => at(queue, cpu, task);
  const enqueue = (task: Operand, cpu: Operand): readonly Effect[] => [
    assign(at(on_rq, task), true),
    assign(at(queue, cpu, task), true),
  ];
  const dequeue = (task: Operand, cpu: Operand): readonly Effect[] => [
    assign(at(on_rq, task), false),
    assign(at(queue, cpu, task), false),
  ];
  const here = smp_processor_id();
  const anyQueued = (cpu: Operand): Expr => some(TASK, (task) => queued(task, cpu));

  const pick_next_task: Statement = either(
    [
      choose(TASK, (task) =>
        step("pick_next_task", {
          when: queued(task, here),
          then: [assign(at(next, here), task)],
        }),
      ),
    ],
    [
      step("pick_next_task: idle", {
        when: every(TASK, (task) => not(queued(task, here))),
        then: [assign(at(next, here), NONE)],
      }),
    ],
  );

  const switch_to = (me: Operand): readonly Statement[] => [
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
  const finish_task_switch = (notifiers: readonly Statement[]): Statement =>
    fn("finish_task_switch", [
      atomic("finish_task", [
        step("switched in", { end: true }),
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

  const schedule = (me: Expr, { schedOut = [], preempt = false }: ScheduleOptions = {}) =>
    fn(preempt ? "preempt_schedule" : "schedule", [
      fn("__schedule", [
        ...(irqsOff ? [local_irq_disable()] : []),
        raw_spin_lock(rq_lock(here)),
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
          [step("prev == next", { then: [assign(at(next, here), NONE)] }), ...unlock_irq()],
          [
            fn("context_switch", [
              fn("prepare_task_switch", [fire("out", schedOut)]),
              ...switch_to(me),
            ]),
            finish_task_switch(schedIn(me)),
          ],
        ),
      ]),
    ]);

  const wake_up_process = (task: Expr): Statement =>
    fn("try_to_wake_up", [
      if_(
        eq(at(curr, here), task),
        [
          step("p == current", {
            then: [
              when(eq(at(state, task), TASK_INTERRUPTIBLE), [
                assign(at(state, task), TASK_RUNNING),
              ]),
            ],
          }),
        ],
        [
          raw_spin_lock(at(pi_lock, task)),
          if_(eq(at(state, task), TASK_INTERRUPTIBLE), [
            if_(
              at(on_rq, task),
              [
                fn("ttwu_runnable", [
                  raw_spin_lock(rq_lock(at(task_cpu, task))),
                  step("task_on_rq_queued", {
                    then: [
                      when(
                        at(on_rq, task),
                        [assign(at(state, task), TASK_RUNNING)],
                        [assign(at(state, task), TASK_WAKING)],
                      ),
                    ],
                  }),
                  raw_spin_unlock(rq_lock(at(task_cpu, task))),
                ]),
              ],
              [step("p->__state = TASK_WAKING", { then: [assign(at(state, task), TASK_WAKING)] })],
            ),
            if_(eq(at(state, task), TASK_WAKING), [
              wait_until(not(at(on_cpu, task)), "smp_cond_load_acquire(&p->on_cpu, !VAL)"),
              choose(CPU, (cpu) =>
                step("select_task_rq", { then: [assign(at(task_cpu, task), cpu)] }),
              ),
              fn("ttwu_queue", [
                raw_spin_lock(rq_lock(at(task_cpu, task))),
                step("ttwu_do_activate", {
                  then: [
                    ...enqueue(task, at(task_cpu, task)),
                    assign(at(state, task), TASK_RUNNING),
                  ],
                }),
                raw_spin_unlock(rq_lock(at(task_cpu, task))),
              ]),
            ]),
          ]),
          raw_spin_unlock(at(pi_lock, task)),
        ],
      ),
    ]);

  const idle = (cpu: Expr): readonly Statement[] => [
    fn("schedule_idle", [
      fn("__schedule", [
        atomic("need_resched()", [
          step("need_resched()", { when: anyQueued(cpu), end: true }),
          ...(irqsOff ? [local_irq_disable()] : []),
        ]),
        raw_spin_lock(rq_lock(cpu)),
        pick_next_task,
        if_(ne(at(next, cpu), NONE), [...switch_to(NONE), finish_task_switch([])], unlock_irq()),
      ]),
    ]),
  ];

  return {
    here,
    curr,
    state,
    on_rq,
    on_cpu,
    task_cpu,
    pi_lock,
    rq_lock,
    queued,
    enqueue,
    dequeue,
    schedule,
    schedule_tail: (me) => [fn("schedule_tail", [finish_task_switch(schedIn(me))])],
    wake_up_process,
    place: (me) => ({
      cpu: at(task_cpu, me),
      runs: eq(at(curr, at(task_cpu, me)), me),
    }),
    swapper: (others = () => []) =>
      tasks(
        "swapper",
        CPU,
        (cpu) => ({ cpu, runs: eq(at(curr, cpu), NONE) }),
        (cpu) => [forever([either(idle(cpu), ...others(cpu))])],
      ),
  };
}
