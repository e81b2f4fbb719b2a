/** What is told to lockdep about a lock and is no step of the machine: the lock itself stays as it is. */
import { type CompareLocks, partsOfId } from "../../primitives/lock.js";
import type { ReadMode } from "../../primitives/event.js";
import type { Variable } from "../language/variable.js";
import {
  type LockOptions,
  type LockRef,
  acquireFact,
  lockOf,
  lockdepMap,
  told,
  touched,
} from "./common.js";
import type { Statement } from "../language/statement.js";

/**
 * Declares a `struct lockdep_map` that no lock is behind, as `lockdep_init_map()` makes one.
 *
 * @example
 * const map = lockdep_map("work map");
 */
export const lockdep_map = (name: string, options: LockOptions = {}): Variable =>
  lockdepMap(name, options.className ?? name, options);

/** What a map may override with: `LD_WAIT_CONFIG`, a `spinlock_t`, or `LD_WAIT_SLEEP`, a mutex as well. */
export type WaitOverride = 3 | 4;

/**
 * Declares a map of `DEFINE_WAIT_OVERRIDE_MAP()`: while it is held, lockdep judges what is waited for by it alone,
 * whatever else is held.
 *
 * @param waitInner what may be waited for under it: 3 for `LD_WAIT_CONFIG`, 4 for `LD_WAIT_SLEEP`
 * @example
 * const put_task_map = wait_override_map("put_task_map", 4);
 */
export function wait_override_map(name: string, waitInner: WaitOverride): Variable {
  const map = lockdepMap(name, `${name}-wait-type-override`, { key: name, waitInner });
  if (map.lock === null) return map;
  return { ...map, lock: { ...map.lock, lockType: "wait-override" } };
}

/**
 * `spin_acquire(&lock->dep_map, subclass, trylock, ip)`: told to lockdep, no step of the machine.
 *
 * @param read 1 for `rwsem_acquire_read()`, 2 for `rwlock_acquire_read()` and `lock_map_acquire_read()`
 * @param nest the outer lock of `spin_acquire_nest()`
 */
export function spin_acquire(
  lock: LockRef,
  subclass = 0,
  trylock = false,
  read: ReadMode = 0,
  nest?: LockRef,
): Statement {
  const options = nest === undefined ? { subclass } : { subclass, nest };
  return told(acquireFact(lockOf(lock, "spin_acquire"), options, read, trylock));
}

/** `spin_release(&lock->dep_map, ip)`: told to lockdep, no step of the machine. */
export function spin_release(lock: LockRef): Statement {
  return told({ kind: "release", lock: lockOf(lock, "spin_release") });
}

const mapAcquire =
  (call: string, trylock: boolean, read: ReadMode) =>
  (lock: LockRef): Statement =>
    told(acquireFact(lockOf(lock, call), {}, read, trylock));

/** `lock_map_acquire()` */
export const lock_map_acquire = mapAcquire("lock_map_acquire", false, 0);
/** `lock_map_acquire_try()` */
export const lock_map_acquire_try = mapAcquire("lock_map_acquire_try", true, 0);
/** `lock_map_acquire_read()` */
export const lock_map_acquire_read = mapAcquire("lock_map_acquire_read", false, 2);
/** `lock_map_acquire_tryread()` */
export const lock_map_acquire_tryread = mapAcquire("lock_map_acquire_tryread", true, 2);
/** `lock_map_release()` */
export const lock_map_release = (lock: LockRef): Statement =>
  told({ kind: "release", lock: lockOf(lock, "lock_map_release") });
/** `lock_map_sync()`: as if it waited for whoever holds the map. */
export const lock_map_sync = (lock: LockRef): Statement =>
  told({ kind: "sync", lock: lockOf(lock, "lock_map_sync"), read: 0 });

/**
 * `might_lock()`, or `might_lock_nested()`: lockdep learns the order as if the lock were taken here.
 *
 * @param subclass 0 to 7
 */
export function might_lock(lock: LockRef, subclass = 0): Statement {
  const place = lockOf(lock, "might_lock");
  if (subclass === 0) return told(touched(place));
  return told(acquireFact(place, { subclass }, 0, false), { kind: "release", lock: place });
}
/** `might_lock_read()` */
export const might_lock_read = (lock: LockRef): Statement =>
  told(touched(lockOf(lock, "might_lock_read"), false, 1));

/**
 * `lock_set_subclass()`: the lock, which is held, has another subclass from now on.
 *
 * @param subclass 0 to 7
 */
export const lock_set_subclass = (lock: LockRef, subclass: number): Statement =>
  told({ kind: "set_subclass", lock: lockOf(lock, "lock_set_subclass"), subclass });

/**
 * `lock_set_class()`: the lock, which is held, is of another class from now on.
 *
 * @param key the `lock_class_key` by its name
 * @param subclass 0 to 7
 */
export const lock_set_class = (lock: LockRef, name: string, key: string, subclass = 0): Statement =>
  told({ kind: "set_subclass", lock: lockOf(lock, "lock_set_class"), subclass, as: { name, key } });

/** `lock_pin_lock()`: lockdep warns if the lock is dropped before it is unpinned. */
export const lockdep_pin_lock = (lock: LockRef): Statement =>
  told({ kind: "pin", lock: lockOf(lock, "lockdep_pin_lock") });
/** `lock_unpin_lock()` */
export const lockdep_unpin_lock = (lock: LockRef): Statement =>
  told({ kind: "unpin", lock: lockOf(lock, "lockdep_unpin_lock") });

/** `debug_check_no_locks_freed()`, as `kfree()` calls it: lockdep is told that a lock's memory is freed; it stays. */
export const debug_check_no_locks_freed = (lock: LockRef): Statement =>
  told({ kind: "free", lock: lockOf(lock, "debug_check_no_locks_freed") });

/** `lockdep_off()`: the current task is not watched until `lockdep_on()`. */
export const lockdep_off = (): Statement => told({ kind: "lockdep", on: false });
/** `lockdep_on()` */
export const lockdep_on = (): Statement => told({ kind: "lockdep", on: true });

/** The key of all locks that are not validated: they are one class, and the first of them names it. */
const NO_VALIDATE = "__lockdep_no_validate__";

/**
 * Returns a lock that was declared, as `lockdep_set_novalidate_class()` leaves it: held, but not checked.
 *
 * @throws TypeError if that is no lock
 * @example
 * const dev_mutex = lockdep_set_novalidate_class(mutex("dev->mutex"));
 */
export function lockdep_set_novalidate_class(lock: Variable): Variable {
  const { variable } = lockOf(lock, "lockdep_set_novalidate_class");
  if (variable.lock === null) return variable;
  return { ...variable, lock: { ...variable.lock, key: NO_VALIDATE, validate: false } };
}

/** `lockdep_assert_held()` */
export function lockdep_assert_held(lock: LockRef): Statement {
  return told({ kind: "assert_held", lock: lockOf(lock, "lockdep_assert_held"), held: true });
}

/** `lockdep_assert_not_held()` */
export function lockdep_assert_not_held(lock: LockRef): Statement {
  return told({ kind: "assert_held", lock: lockOf(lock, "lockdep_assert_not_held"), held: false });
}

/**
 * `lockdep_set_lock_cmp_fn()`: locks of this declaration may be held at once, in the order that a function gives. It
 * has to be a total order: one that calls each of two locks the first hides the deadlock between them.
 *
 * @param lock an array of locks
 * @param compare of the indices of two of them: below 0 where the second may be taken under the first
 * @example
 * const nodes = lockdep_set_lock_cmp_fn(mutex("nodes", { per: [4] }), ([a = 0], [b = 0]) => a - b);
 */
export function lockdep_set_lock_cmp_fn(
  lock: Variable,
  compare: (first: readonly number[], second: readonly number[]) => number,
): Variable {
  if (lock.lock === null) {
    throw new TypeError(`lockdep_set_lock_cmp_fn(): ${lock.name} is not a lock`);
  }
  const indexOf = ({ id }: { readonly id: string }): readonly number[] =>
    (partsOfId(id)[1] ?? "").split(",").map(Number);
  const byId: CompareLocks = (first, second) => compare(indexOf(first), indexOf(second));
  return { ...lock, lock: { ...lock.lock, compare: byId } };
}
