/**
 * The maps of locks: made and initialised, given another class, registered and forgotten.
 *
 * Follows `lockdep_init_map_type()`, `lockdep_register_key()`, `lockdep_unregister_key()` and `lockdep_reset_lock()`
 * of kernel/locking/lockdep.c, and the `lockdep_set_*()` of include/linux/lockdep.h.
 */
import type { LockMap } from "../../primitives/lock.js";
import {
  type LockCompare,
  type LockKey,
  type LockPrint,
  NO_TRACK_KEY,
  NO_VALIDATE_KEY,
} from "../state/class.js";
import { setCompare } from "../state/compare.js";
import { LockdepMap } from "../state/map.js";
import { initMap, keyOf, registerKey, settingsIn, settingsOf } from "../state/registry.js";
import { resetLock, unregisterKey } from "../state/zap.js";
import { LockdepAsserts } from "./asserts.js";
import { NOWHERE } from "./context.js";

/** The part of a lockdep that knows which class a lock belongs to. */
export abstract class LockdepMaps extends LockdepAsserts {
  /**
   * `lockdep_init_map_type()`: makes the map of a lock instance, or initialises it again.
   *
   * @param subclass 0 to 7; other than 0 it fixes the class that subclass 0 then means
   */
  lockdep_init_map(lock: LockMap, subclass = 0): LockdepMap {
    const { core } = this;
    let map = core.maps.get(lock.id);
    if (map === undefined) {
      map = new LockdepMap(lock.id, lock.name, null, null, lock.waitInner, 0, "normal");
      core.maps.set(lock.id, map);
    }
    initMap(core, map, { ...settingsOf(core, lock), subclass });
    return map;
  }

  /** `lockdep_set_class_and_name()`: gives a lock that nobody holds another key and name. */
  lockdep_set_class(map: LockdepMap, key: string, name = map.name): void {
    this.reinit(map, name, keyOf(this.core, key, "static"), 0);
  }

  /** `lockdep_set_subclass()`: gives a lock that nobody holds another subclass of its key. */
  lockdep_set_subclass(map: LockdepMap, subclass: number): void {
    this.reinit(map, map.name, map.key, subclass);
  }

  /** `lockdep_set_novalidate_class()`: the lock is held from now on, but not checked. */
  lockdep_set_novalidate_class(map: LockdepMap): void {
    this.reinit(map, map.name, keyOf(this.core, NO_VALIDATE_KEY, "static"), 0);
  }

  /** `lockdep_set_notrack_class()`: lockdep does not see the lock from now on. */
  lockdep_set_notrack_class(map: LockdepMap): void {
    this.reinit(map, map.name, keyOf(this.core, NO_TRACK_KEY, "static"), 0);
  }

  private reinit(map: LockdepMap, name: string, key: LockKey | null, subclass: number): void {
    const nameOwner = name === map.name ? map.nameOwner : null;
    initMap(this.core, map, { ...settingsIn(map), name, nameOwner, key, subclass });
  }

  /**
   * `lockdep_set_lock_cmp_fn()`: locks of the class may be held at once, in an order.
   *
   * The comparison must be a total order of the locks: one that calls each of two locks the first
   * hides the deadlock between them. `checkTotalOrder()` tries it. It is asked where a chain of
   * classes is new, so a wrong order that comes after a right one goes unseen.
   *
   * @param compare below 0 where the second lock may be taken under the first
   * @param print what reports have after the name of a lock; null for nothing
   */
  lockdep_set_lock_cmp_fn(map: LockdepMap, compare: LockCompare, print: LockPrint | null): void {
    this.at(NOWHERE, (core) => {
      setCompare(core, map, compare, print);
    });
  }

  /** `lockdep_reset_lock()`: forgets the classes of a lock and all that was learnt about them. */
  lockdep_reset_lock(map: LockdepMap): void {
    resetLock(this.core, map);
  }

  /** `lockdep_register_key()`: a key that is not in static storage counts from now on. */
  lockdep_register_key(key: string): void {
    registerKey(this.core, key);
  }

  /**
   * `lockdep_unregister_key()`: forgets a dynamic key and its class of subclass 0.
   *
   * A task that still holds a lock of that class makes the kernel follow a NULL pointer.
   */
  lockdep_unregister_key(key: string): void {
    unregisterKey(this.core, key);
  }

  /** The map made for a lock instance, or undefined. */
  map(id: string): LockdepMap | undefined {
    return this.core.maps.get(id);
  }
}
