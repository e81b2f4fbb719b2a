/** Spinlocks, which a CPU owns: `raw_spinlock_t`, and `spinlock_t`, to lockdep a sleeping lock on PREEMPT_RT. */
import type { LockKind } from "../../primitives/lock.js";
import { preempt_count, this_cpu } from "../kernel/cpu.js";
import { type Element, add, eq, not, smp_processor_id, sub } from "../language/expr.js";
import { CPU, NONE } from "../language/id-set.js";
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
} from "./common.js";
import { type Effect, type FactTemplate, assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, idOrNone } from "../language/variable.js";

/**
 * Declares a `raw_spinlock_t`.
 *
 * @example
 * const lock = raw_spinlock("wakeup_vcpus_on_cpu_lock", { per: [CPU] });
 */
export function raw_spinlock(name: string, options: LockOptions = {}): Variable {
  return lockVariable("raw_spinlock", name, idOrNone(CPU), options);
}

/** Declares a `spinlock_t`. */
export function spinlock(name: string, options: LockOptions = {}): Variable {
  return lockVariable("spinlock", name, idOrNone(CPU), options);
}

/**
 * Declares a bit that `bit_spin_lock()` takes (include/linux/bit_spinlock.h): a lock of which lockdep knows
 * nothing.
 */
export function bit_spinlock(name: string, options: LockOptions = {}): Variable {
  return lockVariable("bit_spinlock", name, idOrNone(CPU), options);
}

const count = this_cpu(preempt_count);

/** What lockdep is told of a lock that is taken: nothing, if it knows none. */
const takenFacts = (lock: Element, options: AcquireOptions, trylock: boolean): FactTemplate[] => [
  ...(lock.variable.lock?.kind === "bit_spinlock" ? [] : [acquireFact(lock, options, 0, trylock)]),
  { kind: "locked", lock, read: 0 },
];

const own = (lock: Element): readonly Effect[] => [
  assign(lock, smp_processor_id()),
  assign(count, add(count, 1)),
];

const spinLock =
  (call: string, kind: LockKind) =>
  (of: LockRef, options: AcquireOptions = {}): Step => {
    const lock = lockOf(of, call, kind);
    return step(callOn(call, lock), {
      when: isFree(lock),
      then: own(lock),
      facts: takenFacts(lock, options, false),
    });
  };

const spinUnlock =
  (call: string, kind: LockKind) =>
  (of: LockRef): Step => {
    const lock = lockOf(of, call, kind);
    const name = callOn(call, lock);
    return step(name, {
      then: [
        check(eq(lock, smp_processor_id()), `${name}: this CPU does not hold it`, "misuse"),
        assign(lock, NONE),
        assign(count, sub(count, 1)),
      ],
      facts: [
        ...(kind === "bit_spinlock" ? [] : [{ kind: "release" as const, lock }]),
        { kind: "unlocked", lock },
      ],
    });
  };

const spinTrylock =
  (call: string, kind: LockKind) =>
  (of: LockRef, then: readonly Statement[], otherwise: readonly Statement[] = []): Statement => {
    const lock = lockOf(of, call, kind);
    const taken = step(callOn(call, lock), {
      when: isFree(lock),
      then: own(lock),
      facts: takenFacts(lock, {}, true),
    });
    const failed = step(`${callOn(call, lock)} fails`, { when: not(isFree(lock)) });
    return tried(taken, then, failed, otherwise);
  };

/** `raw_spin_lock()`, and with a subclass `raw_spin_lock_nested()`. */
export const raw_spin_lock = spinLock("raw_spin_lock", "raw_spinlock");
/**
 * `raw_spin_unlock()`: a misuse on a CPU that does not hold the lock.
 *
 * The owner is a CPU, as for `debug_spin_unlock()`'s `owner_cpu`. So a handler may drop what the task that
 * it interrupted holds, and the next task what the one before took, as `finish_task_switch()` does: to
 * tell the first from the second would take the context of the owner in every state.
 */
export const raw_spin_unlock = spinUnlock("raw_spin_unlock", "raw_spinlock");
/** `if (raw_spin_trylock(lock)) then else otherwise` */
export const raw_spin_trylock = spinTrylock("raw_spin_trylock", "raw_spinlock");
/** `spin_lock()`, and with a subclass `spin_lock_nested()`. */
export const spin_lock = spinLock("spin_lock", "spinlock");
/** `spin_unlock()` */
export const spin_unlock = spinUnlock("spin_unlock", "spinlock");
/** `if (spin_trylock(lock)) then else otherwise` */
export const spin_trylock = spinTrylock("spin_trylock", "spinlock");
/** `bit_spin_lock()` */
export const bit_spin_lock = spinLock("bit_spin_lock", "bit_spinlock");
/** `bit_spin_unlock()` */
export const bit_spin_unlock = spinUnlock("bit_spin_unlock", "bit_spinlock");
/** `if (bit_spin_trylock(lock)) then else otherwise` */
export const bit_spin_trylock = spinTrylock("bit_spin_trylock", "bit_spinlock");
