/**
 * Finding a lock among those that the running task holds.
 *
 * Follows `match_held_lock()`, `find_held_lock()` and `__lock_is_held()` in
 * kernel/locking/lockdep.c.
 */
import type { Core } from "./core.js";
import type { LockdepMap } from "./map.js";
import { lookUpClass } from "./registry.js";
import type { HeldLock } from "./task.js";

function matches(core: Core, lock: HeldLock, map: LockdepMap): boolean {
  if (lock.instance === map) return true;
  if (lock.references === 0) return false;
  const lockClass = map.cache0 ?? lookUpClass(core, map, 0);
  if (lockClass === null) return false;
  if (lock.nestLock === null) {
    core.debugLocksWarn("!hlock->nest_lock", "match_held_lock");
    return false;
  }
  return lock.lockClass === lockClass;
}

/** Returns the index of a lock among those held in this context, innermost first, or -1. */
export function findHeld(core: Core, map: LockdepMap): number {
  const { held, depth } = core.task;
  let above: HeldLock | null = null;
  for (let i = depth - 1; i >= 0; i--) {
    const lock = held[i];
    if (lock === undefined) return -1;
    if (above !== null && above.irqContext !== lock.irqContext) return -1;
    if (matches(core, lock, map)) return i;
    above = lock;
  }
  return -1;
}

/** Returns the held entry that stands for a lock, outermost first, or null. */
export function heldEntry(core: Core, map: LockdepMap): HeldLock | null {
  const { held, depth } = core.task;
  for (let i = 0; i < depth; i++) {
    const lock = held[i];
    if (lock !== undefined && matches(core, lock, map)) return lock;
  }
  return null;
}

/** Whether a lock is held: by anyone's read mode, by readers or by a writer. */
export function isHeld(
  core: Core,
  map: LockdepMap,
  by: "any" | "reader" | "writer" = "any",
): boolean {
  const lock = heldEntry(core, map);
  if (lock === null) return false;
  return by === "any" || (lock.read !== 0) === (by === "reader");
}
