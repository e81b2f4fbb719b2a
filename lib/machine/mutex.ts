/** Mutexes, which a task owns: kernel/locking/mutex.c without its queue, so that any waiter may be next. */
import { may_sleep } from "./cpu.js";
import { current, eq, not } from "./expr.js";
import { NONE } from "./id-set.js";
import {
  type AcquireOptions,
  type LockOptions,
  type LockRef,
  acquireFact,
  callOn,
  isFree,
  lockOf,
  lockVariable,
  tried,
} from "./lock.js";
import { type Statement, type Step, assign, check, step } from "./statement.js";
import type { Variable } from "./variable.js";

/** Declares a `struct mutex`. */
export function mutex(name: string, options: LockOptions = {}): Variable {
  return lockVariable("mutex", name, { kind: "process" }, options);
}

/** `mutex_lock()`, and with a subclass `mutex_lock_nested()`. */
export function mutex_lock(of: LockRef, options: AcquireOptions = {}): Step {
  const lock = lockOf(of, "mutex_lock", "mutex");
  const name = callOn("mutex_lock", lock);
  return step(name, {
    when: isFree(lock),
    then: [check(may_sleep(), `${name} in atomic context`, "misuse"), assign(lock, current())],
    facts: [acquireFact(lock, options, 0, false), { kind: "locked", lock, read: 0 }],
  });
}

/** `mutex_unlock()` */
export function mutex_unlock(of: LockRef): Step {
  const lock = lockOf(of, "mutex_unlock", "mutex");
  const name = callOn("mutex_unlock", lock);
  return step(name, {
    then: [
      check(eq(lock, current()), `${name}: this task does not hold it`, "misuse"),
      assign(lock, NONE),
    ],
    facts: [
      { kind: "release", lock },
      { kind: "unlocked", lock },
    ],
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
