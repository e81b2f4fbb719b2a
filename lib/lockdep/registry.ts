/**
 * Keys and classes: when two locks are the same to lockdep, and what it calls them.
 *
 * Follows `register_lock_class()`, `look_up_lock_class()`, `count_matching_names()`,
 * `lockdep_init_map_type()` and `zap_class()` in kernel/locking/lockdep.c.
 */
import type { LockMap } from "../primitives/lock.js";
import { LockClass, LockKey } from "./class.js";
import type { Core } from "./core.js";
import type { LockdepMap } from "./map.js";

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
    core.warn("static_obj(key)", "lockdep_register_key");
  } else if (known.registered) {
    core.warn("k == key", "lockdep_register_key");
  } else {
    known.registered = true;
  }
}

/** `lockdep_unregister_key()`: forgets the classes of the key, their edges and chains. */
export function unregisterKey(core: Core, id: string): void {
  const key = core.keys.get(id);
  if (key?.dynamic !== true) {
    core.warn(
      key === undefined ? "!found && debug_locks" : "static_obj(key)",
      "lockdep_unregister_key",
    );
    return;
  }
  if (!key.registered) core.warn("!found && debug_locks", "lockdep_unregister_key");
  key.registered = false;
  zapKey(core, key);
}

/** Forgets all classes of a key: `lockdep_free_key_range()`. */
export function zapKey(core: Core, key: LockKey): void {
  for (const lockClass of key.classes) if (lockClass !== undefined) zapClass(core, lockClass);
  key.classes.length = 0;
}

function zapClass(core: Core, lockClass: LockClass): void {
  for (const other of core.classes) {
    if (other === lockClass) continue;
    core.entryCount -= other.locksAfter.remove(lockClass) + other.locksBefore.remove(lockClass);
  }
  core.entryCount -= [...lockClass.locksAfter].length + [...lockClass.locksBefore].length;
  core.classes.delete(lockClass);
  for (const map of core.maps.values()) map.cache0 = map.cache1 = null;
  core.counters.zappedClasses++;
  for (const chain of core.chains.prune(lockClass.index)) {
    core.chainCount--;
    core.counters.zappedChains++;
    core.chainHlocks -= Math.max(chain.ids().length, 2);
  }
  let version = 0;
  for (const other of core.classes) {
    if (other.name === lockClass.name) version = Math.max(version, other.nameVersion);
  }
  core.nameVersions.set(lockClass.name, version);
}

/** `look_up_lock_class()`. */
export function lookUpClass(core: Core, map: LockdepMap, subclass: number): LockClass | null {
  if (subclass >= core.limits.subclasses) {
    core.report({ kind: "invalid-subclass", subclass });
    return null;
  }
  const found = map.key?.classes[subclass];
  if (found === undefined) return null;
  if (found.name !== map.name && found.key.validated) {
    core.warn(
      `Looking for class "${map.name}" with key ${found.key.id}, ` +
        `but found a different class "${found.name}" with the same key`,
      "look_up_lock_class",
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
    core.report({ kind: "non-static-key", name: map.name });
    return null;
  }
  if (!key.registered) return null;
  if (core.classes.size >= core.limits.keys) {
    core.report({ kind: "limit", limit: "MAX_LOCKDEP_KEYS", max: core.limits.keys });
    return null;
  }
  const version = nameVersion(core, key, map.name);
  const lockClass = new LockClass(
    core.nextIndex++,
    key,
    subclass,
    map.name,
    version,
    map.waitInner,
    map.waitOuter,
    map.lockType,
  );
  key.classes[subclass] = lockClass;
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
  if (subclass >= core.limits.subclasses) return lookUpClass(core, map, subclass);
  const lockClass = lookUpClass(core, map, subclass) ?? newClass(core, map, subclass);
  if (lockClass === null) return null;
  if (subclass === 0 || force) map.cache0 = lockClass;
  else if (subclass < CACHED) map.cache1 = lockClass;
  return lockClass;
}

/** What `lockdep_init_map_type()` sets. */
export interface MapSettings extends Omit<LockMap, "id" | "key"> {
  /** Null for a lock on the heap whose key was never set. */
  readonly key: LockKey | null;
  readonly subclass: number;
}

/** `lockdep_init_map_type()`. */
export function initMap(core: Core, map: LockdepMap, settings: MapSettings): void {
  const { key } = settings;
  map.cache0 = map.cache1 = null;
  map.name = settings.name;
  map.waitInner = settings.waitInner;
  map.waitOuter = settings.waitOuter ?? 0;
  map.lockType = settings.lockType ?? "normal";
  map.key = key;
  if (key === null) return;
  if (!key.registered) {
    core.debugLocksWarn(
      "1",
      "lockdep_init_map_type",
      `BUG: key ${key.id} has not been registered!`,
    );
    return;
  }
  if (core.debugLocks && settings.subclass > 0) registerClass(core, map, settings.subclass, true);
}
