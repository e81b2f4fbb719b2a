/** `try_to_wake_up()`: `p->pi_lock`, then the lock of a run queue, that of the task or of a chosen CPU. */
import { type Expr, at, eq, not } from "../language/expr.js";
import { CPU } from "../language/id-set.js";
import { raw_spin_lock, raw_spin_unlock } from "../kernel-locks/spinlock.js";
import type { RunQueues } from "./run-queue.js";
import { choose } from "../language/choose.js";
import { fn, if_ } from "../language/control-flow.js";
import { assign, when } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step, wait_until } from "../language/step.js";
import { TASK_INTERRUPTIBLE, TASK_RUNNING, TASK_WAKING } from "./task-state.js";

/** Returns `wake_up_process()` of a task, to be called by a task or a handler. */
export function wakeUpProcess(queues: RunQueues, task: Expr): Statement {
  const { here, curr, state, on_rq, on_cpu, task_cpu, pi_lock, enqueue } = queues;
  const { lock_pinned, unlock_pinned } = queues;
  return fn("try_to_wake_up", [
    if_(
      eq(at(curr, here), task),
      [
        step("p == current", {
          then: [
            when(eq(at(state, task), TASK_INTERRUPTIBLE), [assign(at(state, task), TASK_RUNNING)]),
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
                ...lock_pinned(at(task_cpu, task)),
                step("task_on_rq_queued", {
                  then: [
                    when(
                      at(on_rq, task),
                      [assign(at(state, task), TASK_RUNNING)],
                      [assign(at(state, task), TASK_WAKING)],
                    ),
                  ],
                }),
                ...unlock_pinned(at(task_cpu, task)),
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
              ...lock_pinned(at(task_cpu, task)),
              step("ttwu_do_activate", {
                then: [...enqueue(task, at(task_cpu, task)), assign(at(state, task), TASK_RUNNING)],
              }),
              ...unlock_pinned(at(task_cpu, task)),
            ]),
          ]),
        ]),
        raw_spin_unlock(at(pi_lock, task)),
      ],
    ),
  ]);
}
