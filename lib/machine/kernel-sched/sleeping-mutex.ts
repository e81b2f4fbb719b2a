/**
 * Mutexes whose waiters leave their CPU: `__mutex_lock_common()` and `__mutex_unlock_slowpath()` of
 * kernel/locking/mutex.c, for tasks that share CPUs under a scheduler.
 */
import { type Expr, current, not } from "../language/expr.js";
import {
  type AcquireOptions,
  type LockRef,
  acquireFact,
  callOn,
  isFree,
  lockOf,
  notInAtomic,
} from "../kernel-locks/common.js";
import { releasedMutex } from "../kernel-locks/mutex.js";
import type { Sleepers } from "./wait-lists.js";
import { choose } from "../language/choose.js";
import { either, fn } from "../language/control-flow.js";
import { assign } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";

/** What a scheduler offers for mutexes. */
export interface SleepingMutex {
  /**
   * `mutex_lock()`, and with a subclass `mutex_lock_nested()`, of a task that leaves its CPU while it
   * waits. A misuse in atomic context, whether the lock is free or not.
   */
  readonly mutex_lock: (me: Expr, lock: LockRef, options?: AcquireOptions) => Statement;
  /** `mutex_unlock()`, which wakes one of those who wait. */
  readonly mutex_unlock: (me: Expr, lock: LockRef) => Statement;
}

/** Returns the calls on mutexes of tasks that sleep. */
export function sleepingMutex(sleepers: Sleepers): SleepingMutex {
  const { tasks, waitList, block, sleepUntil, wake_q_add, wake_up_one } = sleepers;
  return {
    mutex_lock: (me, of, options = {}) => {
      const lock = lockOf(of, "mutex_lock", "mutex");
      const name = callOn("mutex_lock", lock);
      const list = waitList(lock, "wait_list");
      const wanted = acquireFact(lock, options, 0, false);
      const locked = { kind: "locked", lock, read: 0 } as const;
      const allowed = notInAtomic(name);
      const own = assign(lock, current());
      const sleeping = { lock: lock.variable, instead: null };
      return fn("mutex_lock", [
        either(
          [
            step(name, {
              when: isFree(lock),
              then: [allowed, own],
              facts: [wanted, locked],
              sleeping,
            }),
          ],
          [
            step(`${name} waits`, {
              when: not(isFree(lock)),
              then: [allowed, ...block(me, list)],
              // Lockdep is told of the attempt, before the scheduler takes its locks.
              facts: [wanted],
            }),
            sleepUntil(
              me,
              step(name, {
                when: isFree(lock),
                then: [own, assign(list.has(me), false)],
                facts: [locked],
              }),
            ),
          ],
        ),
      ]);
    },
    mutex_unlock: (me, of) => {
      const lock = lockOf(of, "mutex_unlock", "mutex");
      const name = callOn("mutex_unlock", lock);
      const list = waitList(lock, "wait_list");
      const { effects, facts } = releasedMutex(lock);
      return fn("mutex_unlock", [
        either(
          [step(name, { when: list.isEmpty, then: effects, facts })],
          [
            choose(tasks, (task) =>
              step(name, {
                when: list.has(task),
                then: [...effects, wake_q_add(me, task)],
                facts,
              }),
            ),
            wake_up_one(me),
          ],
        ),
      ]);
    },
  };
}
