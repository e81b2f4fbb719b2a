/**
 * Releasing a lock, and changing one that is held.
 *
 * Follows `__lock_release()`, `__lock_downgrade()`, `__lock_set_class()` and
 * `reacquire_held_locks()` in kernel/locking/lockdep.c.
 */
import { acquire } from "./acquire.js";
import { reportImbalance } from "../check/balance.js";
import type { LockKey } from "../state/class.js";
import type { Core } from "../state/core.js";
import { survivesReacquire } from "../state/dangling.js";
import { findHeld } from "../state/held.js";
import type { LockdepMap } from "../state/map.js";
import { initMap, registerClass, settingsIn } from "../state/registry.js";
import type { Stack } from "../report/report.js";
import type { HeldLock } from "../state/task.js";

/**
 * Takes the locks from `from` up to `depth` again, now that one below them has changed.
 *
 * @returns how many were counted into another, or null where lockdep stopped
 */
function reacquire(core: Core, from: number, depth: number): number | null {
  const { held } = core.task;
  let merged = 0;
  for (let i = from; i < depth; i++) {
    const lock = held[i];
    if (lock === undefined || !survivesReacquire(core, lock)) return null;
    const how = {
      subclass: lock.lockClass.subclass,
      trylock: lock.trylock,
      read: lock.read,
      check: lock.check,
      hardirqsOff: lock.hardirqsOff,
      nestLock: lock.nestLock,
      ip: lock.acquireIp,
      references: lock.references,
      pinCount: lock.pinCount,
      sync: false,
    };
    switch (acquire(core, lock.instance, how)) {
      case 0:
        return null;
      case 1:
        break;
      case 2:
        if (i === from) merged++;
        break;
    }
  }
  return merged;
}

/** Releases a lock of the running task; `core.stack` is where. */
export function release(core: Core, map: LockdepMap): void {
  const { task } = core;
  const { held, depth } = task;
  const top = held[depth - 1];
  const at = depth > 0 && top?.instance === map ? depth - 1 : findHeld(core, map);
  const lock = held[at];
  if (at < 0 || lock === undefined) {
    reportImbalance(core, map);
    return;
  }
  if (lock.pinCount !== 0) core.warn("releasing a pinned lock", "__lock_release");
  if (lock.references > 0 && --lock.references > 0) return;

  task.depth = at;
  task.chain = lock.prevChain;
  if (at === depth - 1) return;
  const merged = reacquire(core, at + 1, depth);
  if (merged !== null && task.depth !== depth - merged - 1) {
    core.debugLocksWarn("curr->lockdep_depth != depth - merged", "__lock_release");
  }
}

/** The held lock that the kernel's function `by` is to change; null where it is not held. */
function findToChange(
  core: Core,
  map: LockdepMap,
  by: string,
): { readonly at: number; readonly lock: HeldLock } | null {
  if (core.task.depth === 0) {
    core.debugLocksWarn("!depth", by);
    return null;
  }
  const at = findHeld(core, map);
  const lock = core.task.held[at];
  if (at >= 0 && lock !== undefined) return { at, lock };
  reportImbalance(core, map);
  return null;
}

/** Turns a writer into a reader. */
export function downgrade(core: Core, map: LockdepMap, ip: Stack): void {
  const { task } = core;
  const { depth } = task;
  const found = findToChange(core, map, "__lock_downgrade");
  if (found === null) return;
  const { at, lock } = found;
  task.depth = at;
  task.chain = lock.prevChain;
  if (lock.read !== 0) core.warn("downgrading a read lock", "__lock_downgrade");
  lock.read = 1;
  lock.acquireIp = ip;
  const merged = reacquire(core, at, depth);
  if (merged === null) return;
  if (merged > 0) core.debugLocksWarn("merged", "__lock_downgrade");
  else if (task.depth !== depth) {
    core.debugLocksWarn("curr->lockdep_depth != depth", "__lock_downgrade");
  }
}

/** Gives a held lock another name, key and subclass. */
export function setClass(
  core: Core,
  map: LockdepMap,
  { name, nameOwner }: Pick<LockdepMap, "name" | "nameOwner">,
  key: LockKey | null,
  subclass: number,
): void {
  const { task } = core;
  const { depth } = task;
  const found = findToChange(core, map, "__lock_set_class");
  if (found === null) return;
  const { at, lock } = found;
  initMap(core, map, { ...settingsIn(map), name, nameOwner, key });
  const lockClass = registerClass(core, map, subclass, false);
  if (lockClass === null) return;
  lock.lockClass = lockClass;
  task.depth = at;
  task.chain = lock.prevChain;
  const merged = reacquire(core, at, depth);
  if (merged !== null && task.depth !== depth - merged) {
    core.debugLocksWarn("curr->lockdep_depth != depth - merged", "__lock_set_class");
  }
}
