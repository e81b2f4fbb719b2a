/**
 * Tasks that sleep for locks: who waits for which, and how they are put to sleep and woken.
 *
 * What the kernel does under `lock->wait_lock` is one step here, so that lock is left out. Waiters have
 * no order: any of them may be woken next, and a running task may take a free lock before one that was
 * woken, as in the kernel (optimistic spinning, kernel/locking/mutex.c and rwsem.c).
 */
import { local_irq_restore, local_irq_save } from "../kernel/cpu.js";
import { type Element, type Expr, type Operand, at, every, not } from "../language/expr.js";
import { type IdSet, NONE } from "../language/id-set.js";
import type { RunQueues } from "./run-queue.js";
import { choose } from "../language/choose.js";
import { break_, either, fn, forever } from "../language/control-flow.js";
import { type Effect, assign, each } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { atomic, step } from "../language/step.js";
import { TASK_RUNNING, TASK_UNINTERRUPTIBLE } from "./task-state.js";
import { wakeUpProcess } from "./try-to-wake-up.js";
import { type Variable, bool, idOrNone, variable } from "../language/variable.js";

/** The tasks that wait for one lock. */
export interface WaitList {
  readonly has: (task: Operand) => Element;
  readonly isEmpty: Expr;
}

/** How tasks sleep for locks and wake each other. */
export interface Sleepers {
  readonly tasks: IdSet;
  /** Returns the waiters of a lock; `what` tells several lists of one lock apart. */
  readonly waitList: (lock: Element, what: string) => WaitList;
  /** Joins a list, about to sleep. */
  readonly block: (me: Expr, list: WaitList) => readonly Effect[];
  /** Sleeps, again and again until `done` can be done on waking up. */
  readonly sleepUntil: (me: Expr, done: Step) => Statement;
  /** Notes a task for `wake_up_one()`. */
  readonly wake_q_add: (me: Expr, task: Expr) => Effect;
  /** Wakes the task that was noted. */
  readonly wake_up_one: (me: Expr) => Statement;
  /** Takes all tasks off a list and notes them for `wake_up_all()`. */
  readonly wake_q_add_all: (me: Expr, list: WaitList) => Effect;
  /** Wakes the tasks that were noted together, in any order. */
  readonly wake_up_all: (me: Expr) => Statement;
}

/**
 * Returns how the tasks of a scheduler sleep for locks.
 *
 * @param sleep `schedule()` of a task in a call that waits, whose name it is given
 */
export function sleepersOf(
  TASK: IdSet,
  queues: RunQueues,
  sleep: (me: Expr, call: string) => Statement,
): Sleepers {
  const { state } = queues;
  const wake_q = variable("wake_q", bool, { per: [TASK, TASK] });
  const woken = variable("wake_q->first", idOrNone(TASK), { per: [TASK] });
  const flags = variable("wake_up_q(flags)", bool, { per: [TASK] });
  const lists = new Map<string, Variable>();

  const waitList = ({ variable: lock, index }: Element, what: string): WaitList => {
    const name = `${lock.name}.${what}`;
    const list = lists.get(name) ?? variable(name, bool, { per: [...lock.per, TASK] });
    lists.set(name, list);
    const has = (task: Operand): Element => at(list, ...index, task);
    return { has, isEmpty: every(TASK, (task) => not(has(task))) };
  };

  const unblocked = (me: Expr, done: Step): Step =>
    atomic(done.label, [
      done,
      step("__set_current_state", { then: [assign(at(state, me), TASK_RUNNING)] }),
    ]);

  const sleepUntil = (me: Expr, done: Step): Statement =>
    forever([
      sleep(me, done.label),
      either(
        [unblocked(me, done), break_],
        [
          step(`${done.label} waits on`, {
            when: not(done.guard),
            then: [assign(at(state, me), TASK_UNINTERRUPTIBLE)],
          }),
        ],
      ),
    ]);

  /** `try_to_wake_up()` switches IRQs off for its locks; the task that was woken is forgotten with the last step. */
  const wake_up_process = (me: Expr): readonly Statement[] => [
    local_irq_save(at(flags, me)),
    wakeUpProcess(queues, at(woken, me)),
    atomic("local_irq_restore(flags)", [
      local_irq_restore(at(flags, me)),
      step("woken", { then: [assign(at(flags, me), false), assign(at(woken, me), NONE)] }),
    ]),
  ];

  return {
    tasks: TASK,
    waitList,
    block: (me, list) => [assign(list.has(me), true), assign(at(state, me), TASK_UNINTERRUPTIBLE)],
    sleepUntil,
    wake_q_add: (me, task) => assign(at(woken, me), task),
    wake_up_one: (me) => fn("wake_up_q", wake_up_process(me)),
    wake_q_add_all: (me, list) =>
      each(TASK, (task) => [
        assign(at(wake_q, me, task), list.has(task)),
        assign(list.has(task), false),
      ]),
    wake_up_all: (me) =>
      fn("wake_up_q", [
        forever([
          either(
            [
              choose(TASK, (task) =>
                step("next of wake_q", {
                  when: at(wake_q, me, task),
                  then: [assign(at(wake_q, me, task), false), assign(at(woken, me), task)],
                }),
              ),
              ...wake_up_process(me),
            ],
            [
              step("end of wake_q", { when: every(TASK, (task) => not(at(wake_q, me, task))) }),
              break_,
            ],
          ),
        ]),
      ]),
  };
}
