/** Mutexes, which a task owns: kernel/locking/mutex.c without its queue, so that any waiter may be next. */
import { type Element, current, eq, not } from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import {
  type AcquireOptions,
  type LockOptions,
  type LockRef,
  acquireFact,
  callOn,
  isFree,
  lockOf,
  lockVariable,
  mayWait,
  notInAtomic,
  tried,
} from "./common.js";
import { type Statement, type Step, assign, check, step } from "../language/statement.js";
import type { Variable } from "../language/variable.js";

/** Declares a `struct mutex`. */
export function mutex(name: string, options: LockOptions = {}): Variable {
  return lockVariable("mutex", name, { kind: "process" }, options);
}

/**
 * `mutex_lock()`, and with a subclass `mutex_lock_nested()`, of a thread that has a CPU for itself: it
 * waits where it is. Follows `mutex_lock()` of kernel/locking/mutex.c: in atomic context it is a misuse,
 * whether the lock is free or not.
 *
 * @param of the lock; one that is no mutex is a TypeError
 * @param options what lockdep is told: `mutex_lock_nested()`, `mutex_lock_nest_lock()`
 */
export function mutex_lock(of: LockRef, options: AcquireOptions = {}): Statement {
  const lock = lockOf(of, "mutex_lock", "mutex");
  const name = callOn("mutex_lock", lock);
  return mayWait(
    name,
    isFree(lock),
    step(name, {
      when: isFree(lock),
      then: [notInAtomic(name), assign(lock, current())],
      facts: [acquireFact(lock, options, 0, false), { kind: "locked", lock, read: 0 }],
      sleeping: { lock: lock.variable, instead: "sched.mutex_lock(me, lock)" },
    }),
  );
}

/** What an unlock of a mutex does, and what lockdep is told. */
export function releasedMutex(lock: Element): Pick<Step, "effects" | "facts"> {
  const name = callOn("mutex_unlock", lock);
  return {
    effects: [
      check(eq(lock, current()), `${name}: this task does not hold it`, "misuse"),
      assign(lock, NONE),
    ],
    facts: [
      { kind: "release", lock },
      { kind: "unlocked", lock },
    ],
  };
}

/**
 * `mutex_unlock()` of a thread that has a CPU for itself: it wakes nobody.
 *
 * @param of the lock; one that is no mutex is a TypeError
 */
export function mutex_unlock(of: LockRef): Step {
  const lock = lockOf(of, "mutex_unlock", "mutex");
  const { effects, facts } = releasedMutex(lock);
  return step(callOn("mutex_unlock", lock), {
    then: effects,
    facts,
    sleeping: { lock: lock.variable, instead: "sched.mutex_unlock(me, lock)" },
  });
}

/** `if (mutex_trylock(lock)) then else otherwise` */
export function mutex_trylock(
  of: LockRef,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  const lock = lockOf(of, "mutex_trylock", "mutex");
  const name = callOn("mutex_trylock", lock);
  const taken = step(name, {
    when: isFree(lock),
    then: [assign(lock, current())],
    facts: [acquireFact(lock, {}, 0, true), { kind: "locked", lock, read: 0 }],
  });
  const failed = step(`${name} fails`, { when: not(isFree(lock)) });
  return tried(taken, then, failed, otherwise);
}
