/** Folds the machine's events into a lockdep. */
import type { Event, ReadMode } from "../primitives/event.js";
import type { CompareLocks, LockMap } from "../primitives/lock.js";
import type { LockdepAsserts } from "./calls/asserts.js";
import type { LockdepMap } from "./state/map.js";
import type { PinCookie } from "./calls/pin.js";
import type { Report, Stack } from "./report/report.js";

/** The functions, named as the kernel's, that the events of locks and interrupts call. */
interface Hooks extends LockdepAsserts {
  readonly has_map: (lock: LockMap) => boolean;
  readonly map: (id: string) => LockdepMap | undefined;
  readonly lockdep_init_map: (lock: LockMap) => LockdepMap;
  readonly lockdep_set_lock_cmp_fn: (map: LockdepMap, compare: CompareLocks, print: null) => void;
  readonly lock_acquire: (
    map: LockdepMap,
    subclass: number,
    trylock: boolean,
    read: ReadMode,
    check: boolean,
    nest: LockdepMap | null,
    ip: Stack,
  ) => void;
  readonly lock_release: (map: LockdepMap, ip: Stack) => void;
  readonly lock_sync: (
    map: LockdepMap,
    subclass: number,
    read: ReadMode,
    check: boolean,
    ip: Stack,
  ) => void;
  readonly lock_set_class: (
    map: LockdepMap,
    name: string,
    key: string,
    subclass: number,
    ip: Stack,
  ) => void;
  readonly lock_set_subclass: (map: LockdepMap, subclass: number, ip: Stack) => void;
  readonly lock_pin_lock: (map: LockdepMap, ip: Stack) => PinCookie;
  readonly lock_unpin_lock: (map: LockdepMap, cookie: PinCookie, ip: Stack) => void;
  readonly lock_is_held: (map: LockdepMap) => boolean | null;
  readonly lock_downgrade: (map: LockdepMap, ip: Stack) => void;
  readonly debug_check_no_locks_freed: (map: LockdepMap, ip: Stack) => void;
  readonly debug_check_no_locks_held: (ip: Stack) => void;
  readonly lockdep_sys_exit: (ip: Stack) => void;
}

/** The map of a lock; a lock whose name or key has changed is initialised again. */
function mapOf(lockdep: Hooks, lock: LockMap): LockdepMap {
  const known = lockdep.map(lock.id);
  const key = lock.keyStorage === "none" ? undefined : lock.key;
  const same = known?.name === lock.name && known.key?.id === key;
  if (same) return known;
  const map = lockdep.lockdep_init_map(lock);
  if (lock.compare !== undefined) lockdep.lockdep_set_lock_cmp_fn(map, lock.compare, null);
  return map;
}

/**
 * Takes one event of the machine, as the hooks in the kernel's locks and interrupt code do.
 *
 * What is told of a map that this kernel does not have is left out.
 *
 * `locked`, `unlocked` and `waiting` are the lock's own business and change nothing. A hardirq that
 * is entered with interrupts on has them switched off first; switching them on again after the exit
 * is an event of its own.
 *
 * @returns the first new report, or null
 */
export function feed(lockdep: Hooks, event: Event): Report | null {
  const before = lockdep.reports.length;
  lockdep.run_on(event.cpu, event.task);
  apply(lockdep, event);
  return lockdep.reports[before] ?? null;
}

function apply(lockdep: Hooks, event: Event): void {
  const { stack } = event;
  if ("map" in event && !lockdep.has_map(event.map)) return;
  switch (event.kind) {
    case "acquire": {
      const nest = event.nestLock === null ? null : mapOf(lockdep, event.nestLock);
      const { subclass, trylock, read, check } = event;
      lockdep.lock_acquire(mapOf(lockdep, event.map), subclass, trylock, read, check, nest, stack);
      return;
    }
    case "release":
      lockdep.lock_release(mapOf(lockdep, event.map), stack);
      return;
    case "downgrade":
      lockdep.lock_downgrade(mapOf(lockdep, event.map), stack);
      return;
    case "touch": {
      const map = mapOf(lockdep, event.map);
      const switches = event.irqsave && lockdep.hardirqs_enabled;
      if (switches) lockdep.lockdep_hardirqs_off(stack);
      lockdep.lock_acquire(map, 0, false, event.read, true, null, stack);
      lockdep.lock_release(map, stack);
      if (switches) lockdep.lockdep_hardirqs_on(stack);
      return;
    }
    case "sync":
      lockdep.lock_sync(mapOf(lockdep, event.map), 0, event.read, true, stack);
      return;
    case "set_subclass":
      if (event.as === undefined) {
        lockdep.lock_set_subclass(mapOf(lockdep, event.map), event.subclass, stack);
      } else {
        const { name, key } = event.as;
        lockdep.lock_set_class(mapOf(lockdep, event.map), name, key, event.subclass, stack);
      }
      return;
    case "pin":
      lockdep.lock_pin_lock(mapOf(lockdep, event.map), stack);
      return;
    case "unpin":
      lockdep.lock_unpin_lock(mapOf(lockdep, event.map), 1, stack);
      return;
    case "rcu_warn": {
      const held = event.maps.some((map) => lockdep.lock_is_held(mapOf(lockdep, map)) === true);
      if (held !== (event.unless === "held")) lockdep.rcu_lockdep_warn(event.message, stack);
      return;
    }
    case "lockdep":
      if (event.on) lockdep.lockdep_on();
      else lockdep.lockdep_off();
      return;
    case "hardirqs":
      if (event.on) lockdep.lockdep_hardirqs_on(stack);
      else lockdep.lockdep_hardirqs_off(stack);
      return;
    case "softirqs":
      if (event.on) lockdep.local_bh_enable(stack);
      else lockdep.local_bh_disable(stack);
      return;
    case "enter":
      if (event.context === "hardirq") lockdep.lockdep_hardirq_enter(event.threaded, stack);
      else lockdep.lockdep_softirq_enter();
      return;
    case "exit":
      if (event.context === "hardirq") lockdep.lockdep_hardirq_exit();
      else lockdep.lockdep_softirq_exit();
      return;
    case "nmi":
      if (event.on) lockdep.nmi_enter(stack);
      else lockdep.nmi_exit(stack);
      return;
    case "assert_held":
      if (event.held) lockdep.lockdep_assert_held(mapOf(lockdep, event.map), stack);
      else lockdep.lockdep_assert_not_held(mapOf(lockdep, event.map), stack);
      return;
    case "assert_irqs":
      if (event.on) lockdep.lockdep_assert_irqs_enabled(stack);
      else lockdep.lockdep_assert_irqs_disabled(stack);
      return;
    case "free":
      lockdep.debug_check_no_locks_freed(mapOf(lockdep, event.map), stack);
      return;
    case "init":
      lockdep.debug_check_no_locks_freed(mapOf(lockdep, event.map), stack);
      lockdep.lockdep_init_map(event.map);
      return;
    case "task_exit":
      lockdep.debug_check_no_locks_held(stack);
      return;
    case "return_to_user":
      lockdep.lockdep_sys_exit(stack);
      return;
    case "locked":
    case "unlocked":
    case "waiting":
      return;
  }
}
