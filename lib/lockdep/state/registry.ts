/**
 * Keys and classes: when two locks are the same to lockdep, and what it calls them.
 *
 * Follows `register_lock_class()`, `look_up_lock_class()`, `count_matching_names()`,
 * `lockdep_init_map_type()` and `lockdep_register_key()` in kernel/locking/lockdep.c.
 */
import type { LockMap, WaitType } from "../../primitives/lock.js";
import { LockClass, LockKey, type LockType } from "./class.js";
import type { Core } from "./core.js";
import { waitTypeIn } from "../kernel/kernel.js";
import type { LockdepMap } from "./map.js";

const LD_WAIT_CONFIG: WaitType = 3;

/** How many classes a map caches: `NR_LOCKDEP_CACHING_CLASSES`. */
const CACHED = 2;

/** Returns the key of an id; one not seen before is static, and so always registered. */
export function keyOf(core: Core, id: string, storage: LockMap["keyStorage"]): LockKey | null {
  if (storage === "none") return null;
  let key = core.keys.get(id);
  if (key === undefined) {
    key = new LockKey(id, storage === "dynamic", storage !== "dynamic");
    core.keys.set(id, key);
  }
  return key;
}

/** `lockdep_register_key()`. */
export function registerKey(core: Core, id: string): void {
  const known = core.keys.get(id);
  if (known === undefined) {
    core.keys.set(id, new LockKey(id, true, true));
  } else if (!known.dynamic) {
    core.warnOnOnce("static_obj(key)", "lockdep_register_key");
  } else if (known.registered) {
    core.warnOnOnce("k == key", "lockdep_register_key");
  } else {
    known.registered = true;
  }
}

/** `look_up_lock_class()`. */
export function lookUpClass(core: Core, map: LockdepMap, subclass: number): LockClass | null {
  if (subclass >= core.limits.subclasses) {
    core.reportAnyway({ kind: "invalid-subclass", subclass });
    return null;
  }
  const found = map.key?.classes[subclass];
  if (found === undefined) return null;
  const renamed = found.name !== map.name || found.nameOwner !== map.nameOwner;
  if (renamed && found.key.validated) {
    core.warnOnce(
      `Looking for class "${map.name}" with key ${found.key.id}, ` +
        `but found a different class "${found.name}" with the same key`,
      "look_up_lock_class",
      "Looking for class",
    );
  }
  return found;
}

function nameVersion(core: Core, key: LockKey, name: string): number {
  const version = key.classes[0]?.nameVersion ?? (core.nameVersions.get(name) ?? 0) + 1;
  core.nameVersions.set(name, Math.max(version, core.nameVersions.get(name) ?? 0));
  return version;
}

function newClass(core: Core, map: LockdepMap, subclass: number): LockClass | null {
  const { key } = map;
  if (key === null) {
    core.reportAnyway({ kind: "non-static-key", name: map.name });
    return null;
  }
  // Once lockdep is off, graph_lock() fails.
  if (!key.registered || !core.debugLocks || subclass >= core.limits.subclasses) return null;
  if (core.classes.size >= core.limits.keys) {
    core.report({ kind: "limit", limit: "MAX_LOCKDEP_KEYS", max: core.limits.keys });
    return null;
  }
  const lockClass = new LockClass(
    core.nextIndex++,
    key,
    subclass,
    map.name,
    map.nameOwner,
    nameVersion(core, key, map.name),
    map.waitInner,
    map.waitOuter,
    map.lockType,
  );
  key.classes[subclass] = lockClass;
  // usage_skip() warns of such a class, so each search must come by.
  const tooTight = map.waitInner < waitTypeIn(core.kernel, LD_WAIT_CONFIG);
  if (map.lockType === "percpu" && tooTight) core.shortcuts = false;
  core.classes.add(lockClass);
  core.counters.maxClassIndex = Math.max(core.counters.maxClassIndex, lockClass.index);
  return lockClass;
}

/** `register_lock_class()`: the class of a map, made and cached where there is none yet. */
export function registerClass(
  core: Core,
  map: LockdepMap,
  subclass: number,
  force: boolean,
): LockClass | null {
  const lockClass = lookUpClass(core, map, subclass) ?? newClass(core, map, subclass);
  if (lockClass === null) return null;
  if (subclass === 0 || force) map.cache0 = lockClass;
  else if (subclass < CACHED) map.cache1 = lockClass;
  return lockClass;
}

/** What `lockdep_init_map_type()` sets. */
export interface MapSettings {
  readonly name: string;
  readonly nameOwner: string | null;
  /** Null for a lock on the heap whose key was never set. */
  readonly key: LockKey | null;
  readonly subclass: number;
  readonly waitInner: WaitType;
  readonly waitOuter: WaitType;
  readonly lockType: LockType;
}

/** Returns what initialising a lock as it is described sets; subclass 0. */
export function settingsOf(core: Core, lock: LockMap): MapSettings {
  return {
    name: lock.name,
    nameOwner: lock.ownName === true ? lock.id : null,
    key: keyOf(core, lock.key, lock.keyStorage),
    subclass: 0,
    waitInner: waitTypeIn(core.kernel, lock.waitInner),
    waitOuter: waitTypeIn(core.kernel, lock.waitOuter ?? 0),
    lockType: lock.lockType ?? "normal",
  };
}

/** Returns what a map is set to; subclass 0. */
export const settingsIn = (map: LockdepMap): MapSettings => ({
  name: map.name,
  nameOwner: map.nameOwner,
  key: map.key,
  subclass: 0,
  waitInner: map.waitInner,
  waitOuter: map.waitOuter,
  lockType: map.lockType,
});

/** `lockdep_init_map_type()`. */
export function initMap(core: Core, map: LockdepMap, settings: MapSettings): void {
  const { key, subclass } = settings;
  map.cache0 = map.cache1 = null;
  map.name = settings.name;
  map.nameOwner = settings.nameOwner;
  map.waitInner = settings.waitInner;
  map.waitOuter = settings.waitOuter;
  map.lockType = settings.lockType;
  if (key === null) {
    map.key = null;
    return;
  }
  if (!key.registered && core.debugLocks) {
    core.debugLocksWarn(
      "1",
      "lockdep_init_map_type",
      `BUG: key ${key.id} has not been registered!`,
    );
    return;
  }
  map.key = key;
  if (!core.debugLocks || subclass === 0) return;
  if (core.task.recursion !== 0) {
    core.debugLocksWarn("!lockdep_enabled()", "lockdep_init_map_type");
    return;
  }
  registerClass(core, map, subclass, true);
}
