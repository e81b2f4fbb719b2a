/**
 * What the kernel does not survive: `hlock_class()` of a class that was zapped gives NULL.
 *
 * Asked only once a class was zapped while a task held a lock of it. Follows the uses of
 * `hlock_class()` in `__lock_acquire()`, `mark_held_locks()` and `reacquire_held_locks()` of
 * kernel/locking/lockdep.c.
 */
import type { LockClass } from "./class.js";
import type { Core } from "./core.js";
import type { HeldLock } from "./task.js";

const isDead = (lock: HeldLock | undefined): boolean => lock?.lockClass.alive === false;

/** Returns whether the running task can take a lock of a class in a context. */
export function survivesAcquire(
  core: Core,
  lockClass: LockClass,
  trylock: boolean,
  irqContext: number,
): boolean {
  const held = core.task.locks();
  if (lockClass.waitInner !== 0 && !trylock) {
    for (const lock of [...held].reverse()) {
      if (lock.irqContext !== irqContext) break;
      if (!isDead(lock)) continue;
      core.die("check_wait_context");
      return false;
    }
  }
  if (!isDead(held.at(-1))) return true;
  core.die("__lock_acquire");
  return false;
}

/** Returns whether the locks that the running task holds can be marked. */
export function survivesMarking(core: Core): boolean {
  if (!core.task.locks().some((lock) => lock.check && isDead(lock))) return true;
  core.die("mark_lock");
  return false;
}

/** Returns whether a lock that is held can be taken again. */
export function survivesReacquire(core: Core, lock: HeldLock): boolean {
  if (!isDead(lock)) return true;
  core.die("reacquire_held_locks");
  return false;
}
