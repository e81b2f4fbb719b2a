/**
 * Mutexes, which a task owns: kernel/locking/mutex.c without its queue, so that any waiter may be next; and
 * rt_mutexes (rtmutex_api.c), whose priorities are left out.
 */
import type { LockKind } from "../../primitives/lock.js";
import { type Element, and, at, current, eq, not } from "../language/expr.js";
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
  touched,
  tried,
} from "./common.js";
import { signalPending } from "../kernel/signal-pending.js";
import { either } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";

/** Declares a `struct mutex`. */
export function mutex(name: string, options: LockOptions = {}): Variable {
  return lockVariable("mutex", name, { kind: "process" }, options);
}

/** Declares a `struct rt_mutex`. */
export function rt_mutex(name: string, options: LockOptions = {}): Variable {
  return lockVariable("rt_mutex", name, { kind: "process" }, options);
}

type Kind = Extract<LockKind, "mutex" | "rt_mutex">;

const lockCall =
  (call: string, kind: Kind) =>
  (of: LockRef, options: AcquireOptions = {}): Statement => {
    const lock = lockOf(of, call, kind);
    const name = callOn(call, lock);
    return mayWait(
      name,
      isFree(lock),
      step(name, {
        when: isFree(lock),
        then: [notInAtomic(name), assign(lock, current())],
        facts: [acquireFact(lock, options, 0, false), { kind: "locked", lock, read: 0 }],
        sleeping: {
          lock: lock.variable,
          instead: kind === "mutex" ? "sched.mutex_lock(me, lock)" : "",
        },
      }),
    );
  };

/**
 * `mutex_lock()`, and with a subclass `mutex_lock_nested()`, of a thread that has a CPU for itself: it
 * waits where it is. Follows `mutex_lock()` of kernel/locking/mutex.c: in atomic context it is a misuse,
 * whether the lock is free or not.
 *
 * @param of the lock; one that is no mutex is a TypeError
 * @param options what lockdep is told: `mutex_lock_nested()`, `mutex_lock_nest_lock()`
 */
export const mutex_lock = lockCall("mutex_lock", "mutex");
/** `rt_mutex_lock()`. A misuse in atomic context. */
export const rt_mutex_lock = lockCall("rt_mutex_lock", "rt_mutex");

const endedBySignal =
  (call: string, kind: Kind) =>
  (
    of: LockRef,
    then: readonly Statement[] = [],
    otherwise: readonly Statement[] = [],
    options: AcquireOptions = {},
  ): Statement => {
    const lock = lockOf(of, call, kind);
    const taken = lockCall(call, kind)(of, options);
    const given = step(`${callOn(call, lock)} = -EINTR`, {
      when: and(not(isFree(lock)), at(signalPending, current())),
      then: [notInAtomic(callOn(call, lock))],
      facts: [touched(lock)],
    });
    return either([taken, ...then], [given, ...otherwise]);
  };

/** `if (mutex_lock_interruptible(lock) == 0) then else otherwise`: a signal ends it, see `signals()`. */
export const mutex_lock_interruptible = endedBySignal("mutex_lock_interruptible", "mutex");
/** `if (mutex_lock_killable(lock) == 0) then else otherwise`. */
export const mutex_lock_killable = endedBySignal("mutex_lock_killable", "mutex");
/** `if (rt_mutex_lock_interruptible(lock) == 0) then else otherwise`. */
export const rt_mutex_lock_interruptible = endedBySignal("rt_mutex_lock_interruptible", "rt_mutex");

/** Returns what an unlock of a mutex does, and what lockdep is told. */
export function releasedMutex(
  lock: Element,
  call = "mutex_unlock",
): Pick<Step, "effects" | "facts"> {
  const name = callOn(call, lock);
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

const unlockCall =
  (call: string, kind: Kind) =>
  (of: LockRef): Step => {
    const lock = lockOf(of, call, kind);
    const { effects, facts } = releasedMutex(lock, call);
    const instead = kind === "mutex" ? "sched.mutex_unlock(me, lock)" : "";
    return step(callOn(call, lock), {
      then: effects,
      facts,
      sleeping: { lock: lock.variable, instead },
    });
  };

/**
 * `mutex_unlock()` of a thread that has a CPU for itself: it wakes nobody.
 *
 * @param of the lock; one that is no mutex is a TypeError
 */
export const mutex_unlock = unlockCall("mutex_unlock", "mutex");
/** `rt_mutex_unlock()` */
export const rt_mutex_unlock = unlockCall("rt_mutex_unlock", "rt_mutex");

const trylockCall =
  (call: string, kind: Kind) =>
  (of: LockRef, then: readonly Statement[], otherwise: readonly Statement[] = []): Statement => {
    const lock = lockOf(of, call, kind);
    const name = callOn(call, lock);
    const taken = step(name, {
      when: isFree(lock),
      then: [assign(lock, current())],
      facts: [acquireFact(lock, {}, 0, true), { kind: "locked", lock, read: 0 }],
    });
    const failed = step(`${name} fails`, { when: not(isFree(lock)) });
    return tried(taken, then, failed, otherwise);
  };

/** `if (mutex_trylock(lock)) then else otherwise` */
export const mutex_trylock = trylockCall("mutex_trylock", "mutex");
/** `if (rt_mutex_trylock(lock)) then else otherwise` */
export const rt_mutex_trylock = trylockCall("rt_mutex_trylock", "rt_mutex");
