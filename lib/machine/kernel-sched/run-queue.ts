/** The run queues: who is queued and who runs on which CPU, and under which lock. */
import {
  type Expr,
  type Operand,
  at,
  every,
  not,
  smp_processor_id,
  some,
} from "../language/expr.js";
import { CPU, type IdSet, NONE } from "../language/id-set.js";
import type { LockRef } from "../kernel-locks/common.js";
import { lockdep_pin_lock, lockdep_unpin_lock } from "../kernel-locks/lockdep-hooks.js";
import { raw_spin_lock, raw_spin_unlock, raw_spinlock } from "../kernel-locks/spinlock.js";
import { choose } from "../language/choose.js";
import { either } from "../language/control-flow.js";
import { type Effect, assign } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import { TASK_DEAD, TASK_RUNNING } from "./task-state.js";
import { type Variable, bool, id, idOrNone, int, variable } from "../language/variable.js";

/** The variables of the run queues and their tasks. */
export interface RunQueues {
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
  /** `rq_lock()`: takes it, and pins it: lockdep warns if it is dropped before it is unpinned. */
  readonly lock_pinned: (cpu: Operand) => readonly Statement[];
  /** `rq_unlock()` */
  readonly unlock_pinned: (cpu: Operand) => readonly Statement[];
  /** Whether a task is queued on a CPU, running there included. */
  readonly queued: (task: Operand, cpu: Operand) => Expr;
  /** `activate_task()` and `deactivate_task()`: under the lock of the CPU's run queue. */
  readonly enqueue: (task: Operand, cpu: Operand) => readonly Effect[];
  readonly dequeue: (task: Operand, cpu: Operand) => readonly Effect[];
  /** What `context_switch()` keeps on each CPU: whom it switches to, and whom from. */
  readonly next: Variable;
  readonly prev: Variable;
  readonly anyQueued: (cpu: Operand) => Expr;
  /** Any queued task, or none if there is none. */
  readonly pick_next_task: Statement;
}

/**
 * Declares run queues for the tasks of a set.
 *
 * @param oneLock one lock for all run queues
 * @param startOn the CPU on which each task is queued at first, by number: the first, if left out
 */
export function runQueues(
  TASK: IdSet,
  oneLock: boolean,
  startOn: (task: number) => number = () => 0,
): RunQueues {
  const curr = variable("rq->curr", idOrNone(TASK), { per: [CPU] });
  const next = variable("next", idOrNone(TASK), { per: [CPU] });
  const prev = variable("prev", idOrNone(TASK), { per: [CPU] });
  const state = variable("p->__state", int(TASK_RUNNING, TASK_DEAD), { per: [TASK] });
  const on_rq = variable("p->on_rq", bool, { per: [TASK], init: 1 });
  const on_cpu = variable("p->on_cpu", bool, { per: [TASK] });
  const task_cpu = variable("task_cpu(p)", id(CPU), { per: [TASK], init: startOn });
  const queue = variable("rq->queue", bool, {
    per: [CPU, TASK],
    init: (cpu, task) => (cpu === startOn(task) ? 1 : 0),
  });
  const pi_lock = raw_spinlock("p->pi_lock", { per: [TASK], className: "&p->pi_lock" });
  const naming = { className: "&rq->__lock", key: "rq->__lock" };
  const core = raw_spinlock("rq->core->__lock", naming);
  const own = raw_spinlock("rq->__lock", { ...naming, per: [CPU] });

  const rq_lock = (cpu: Operand): LockRef => (oneLock ? core : at(own, cpu));
  const lock_pinned = (cpu: Operand): readonly Statement[] => [
    raw_spin_lock(rq_lock(cpu)),
    lockdep_pin_lock(rq_lock(cpu)),
  ];
  const unlock_pinned = (cpu: Operand): readonly Statement[] => [
    lockdep_unpin_lock(rq_lock(cpu)),
    raw_spin_unlock(rq_lock(cpu)),
  ];
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

  return {
    here,
    curr,
    state,
    on_rq,
    on_cpu,
    task_cpu,
    pi_lock,
    rq_lock,
    lock_pinned,
    unlock_pinned,
    queued,
    enqueue,
    dequeue,
    next,
    prev,
    anyQueued,
    pick_next_task,
  };
}
