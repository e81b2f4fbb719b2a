/**
 * Forgetting classes, with their dependencies and chains.
 *
 * Follows `zap_class()`, `lockdep_unregister_key()` and `lockdep_reset_lock()` in
 * kernel/locking/lockdep.c.
 */
import type { LockClass } from "./class.js";
import type { Core } from "./core.js";
import type { LockdepMap } from "./map.js";
import { lookUpClass } from "./registry.js";

/** A chain takes at least two places. */
const MIN_CHAIN_BLOCK = 2;

function dropDependencies(core: Core, lockClass: LockClass): void {
  for (const other of core.classes) {
    if (other === lockClass) continue;
    core.entryCount -= other.locksAfter.remove(lockClass) + other.locksBefore.remove(lockClass);
  }
  core.entryCount -= [...lockClass.locksAfter].length + [...lockClass.locksBefore].length;
}

function dropChains(core: Core, lockClass: LockClass): void {
  for (const chain of core.chains.prune(lockClass.index)) {
    core.chainCount--;
    core.counters.zappedChains++;
    core.chainHlocks -= Math.max(chain.ids().length, MIN_CHAIN_BLOCK);
  }
}

const isHeldBySomeone = (core: Core, lockClass: LockClass): boolean =>
  [...core.tasks.values()].some((task) =>
    task.locks().some((held) => held.lockClass === lockClass),
  );

/** The kernel leaves a pointer behind, which taking the lock without initialising it would follow. */
function dropFromCaches(core: Core, lockClass: LockClass): void {
  for (const map of core.maps.values()) {
    if (map.cache0 === lockClass) map.cache0 = null;
    if (map.cache1 === lockClass) map.cache1 = null;
  }
}

function zapClass(core: Core, lockClass: LockClass): void {
  dropDependencies(core, lockClass);
  core.classes.delete(lockClass);
  lockClass.alive = false;
  lockClass.key.classes[lockClass.subclass] = undefined;
  core.counters.zappedClasses++;
  dropChains(core, lockClass);
  dropFromCaches(core, lockClass);
  if (isHeldBySomeone(core, lockClass)) core.dangling = true;
  let version = 0;
  for (const other of core.classes) {
    if (other.name === lockClass.name) version = Math.max(version, other.nameVersion);
  }
  core.nameVersions.set(lockClass.name, version);
}

/**
 * `lockdep_unregister_key()`: forgets the class of subclass 0. Those of other subclasses live on,
 * since the range of keys that is freed is one byte long.
 */
export function unregisterKey(core: Core, id: string): void {
  const key = core.keys.get(id);
  if (key !== undefined && !key.dynamic) {
    core.warnOnOnce("static_obj(key)", "lockdep_unregister_key");
    return;
  }
  if (key?.registered !== true) {
    if (core.debugLocks) core.warnOnOnce("!found && debug_locks", "lockdep_unregister_key");
    return;
  }
  key.registered = false;
  const zapped = key.classes[0];
  if (zapped !== undefined) zapClass(core, zapped);
}

/** `lockdep_reset_lock()`: forgets all classes of a lock. */
export function resetLock(core: Core, map: LockdepMap): void {
  if (!core.debugLocks) return;
  for (let subclass = 0; subclass < core.limits.subclasses; subclass++) {
    const lockClass = lookUpClass(core, map, subclass);
    if (lockClass !== null) zapClass(core, lockClass);
  }
}
