/**
 * The lock validator: the functions of include/linux/lockdep.h over one set of tasks and CPUs.
 */
import type { Event, ReadMode } from "../primitives/event.js";
import { acquire, acquireLock } from "./calls/acquire.js";
import {
  checkNothingHeldAtExit,
  checkNothingHeldInUserSpace,
  checkNotHeldWhenFreed,
} from "./check/lifetime.js";
import { checkUnusedOutsideNmi } from "./check/nmi.js";
import { feed } from "./feed.js";
import { graphOf } from "./output/graph.js";
import { isHeld } from "./state/held.js";
import { LockdepMaps } from "./calls/maps.js";
import { LockdepMap } from "./state/map.js";
import { pin, type PinCookie, repin, unpin } from "./calls/pin.js";
import { procChains, procLockdep, procStats } from "./output/proc.js";
import { type ProgramState, stateOf } from "./output/program-state.js";
import { keyOf } from "./state/registry.js";
import { downgrade, release, setClass } from "./calls/release.js";
import type { HeldLockView, Report, Stack } from "./report/report.js";
import { heldView } from "./state/snapshot.js";
import type { LockGraph } from "./report/view.js";

/**
 * A running lockdep, as in kernel/locking/lockdep.c: it sees locks taken and released and
 * interrupts switched, and reports orders that could deadlock.
 *
 * Misuse never throws: it is reported, as the kernel does.
 *
 * @example
 * const lockdep = new Lockdep();
 * const a = lockdep.lockdep_init_map({ id: "a", name: "a", key: "a", waitInner: 2 });
 * lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
 * lockdep.lock_acquire(a, 0, false, 0, true, null, ["g"]);
 * lockdep.report?.kind; // "recursive"
 */
export class Lockdep extends LockdepMaps {
  /**
   * `lock_acquire()`: the current task is about to take a lock.
   *
   * @param subclass 0 to 7, for several locks of one class held at once
   * @param trylock whether it would give up rather than wait
   * @param read 0 exclusive, 1 shared, 2 recursive shared
   * @param check whether to record dependencies
   * @param nest_lock a held lock that makes the order among the class safe, or null
   * @param ip the functions on the stack, innermost first
   */
  lock_acquire(
    map: LockdepMap,
    subclass: number,
    trylock: boolean,
    read: ReadMode,
    check: boolean,
    nest_lock: LockdepMap | null,
    ip: Stack,
  ): void {
    const { core } = this;
    if (!core.debugLocks) return;
    core.stack = ip;
    if (core.task.recursion !== 0) {
      if (core.cpu.nmis > 0 && !trylock) checkUnusedOutsideNmi(core, map, subclass, read);
      return;
    }
    const off = core.cpu.irqsDisabled;
    acquireLock(core, map, subclass, trylock, read, check, off, nest_lock, ip, 0, 0, false);
  }

  /** `lock_release()`: in any order. */
  lock_release(map: LockdepMap, ip: Stack): void {
    const { core } = this;
    if (!core.debugLocks || core.task.recursion !== 0) return;
    if (map.cache0 === null && map.key?.tracked === false) return;
    core.stack = ip;
    release(core, map);
  }

  /** `spin_acquire()` on a map alone: lockdep believes it, no lock is taken. */
  spin_acquire(map: LockdepMap, subclass: number, trylock: boolean, ip: Stack): void {
    this.lock_acquire(map, subclass, trylock, 0, true, null, ip);
  }

  /** `spin_release()`. */
  spin_release(map: LockdepMap, ip: Stack): void {
    this.lock_release(map, ip);
  }

  /** `lock_sync()`: waits for whoever holds the lock, without taking it. */
  lock_sync(map: LockdepMap, subclass: number, read: ReadMode, check: boolean, ip: Stack): void {
    this.enter(ip, (core) => {
      acquire(core, map, {
        subclass,
        trylock: false,
        read,
        check,
        hardirqsOff: core.cpu.irqsDisabled,
        nestLock: null,
        ip,
        references: 0,
        pinCount: 0,
        sync: true,
      });
    });
  }

  /** `lock_downgrade()`: a writer becomes a reader. */
  lock_downgrade(map: LockdepMap, ip: Stack): void {
    this.enter(ip, (core) => {
      downgrade(core, map, ip);
    });
  }

  /** `lock_set_class()`: gives a held lock another name, key and subclass. */
  lock_set_class(map: LockdepMap, name: string, key: string, subclass: number, ip: Stack): void {
    this.enter(ip, (core) => {
      setClass(core, map, { name, nameOwner: null }, keyOf(core, key, "static"), subclass);
    });
  }

  /** `lock_set_subclass()`: gives a held lock another subclass. */
  lock_set_subclass(map: LockdepMap, subclass: number, ip: Stack): void {
    this.enter(ip, (core) => {
      setClass(core, map, map, map.key, subclass);
    });
  }

  /**
   * `lock_is_held_type()`: whether the current task holds a lock.
   *
   * @param by whether a reader or a writer is asked for
   * @returns null where lockdep is off and cannot say
   */
  lock_is_held(map: LockdepMap, by: "any" | "reader" | "writer" = "any"): boolean | null {
    return this.core.enabled ? isHeld(this.core, map, by) : null;
  }

  /** `lock_pin_lock()`: warns if the lock is dropped before it is unpinned. */
  lock_pin_lock(map: LockdepMap, ip: Stack): PinCookie {
    return this.enter(ip, (core) => pin(core, map)) ?? 0;
  }

  /** `lock_repin_lock()`. */
  lock_repin_lock(map: LockdepMap, cookie: PinCookie, ip: Stack): void {
    this.enter(ip, (core) => repin(core, map, cookie));
  }

  /** `lock_unpin_lock()`. */
  lock_unpin_lock(map: LockdepMap, cookie: PinCookie, ip: Stack): void {
    this.enter(ip, (core) => {
      unpin(core, map, cookie);
    });
  }

  /** `debug_check_no_locks_freed()`: the memory of these locks goes away. */
  debug_check_no_locks_freed(maps: LockdepMap | readonly LockdepMap[], ip: Stack): void {
    this.at(ip, (core) => {
      checkNotHeldWhenFreed(core, maps instanceof LockdepMap ? [maps] : maps);
    });
  }

  /** `debug_check_no_locks_held()`: the current task ends. */
  debug_check_no_locks_held(ip: Stack): void {
    this.at(ip, checkNothingHeldAtExit);
  }

  /** `lockdep_sys_exit()`: the current task returns to user space. */
  lockdep_sys_exit(ip: Stack): void {
    this.at(ip, checkNothingHeldInUserSpace);
  }

  /**
   * Takes one event of the machine.
   *
   * @returns the first report that it led to, or null
   */
  feed(event: Event): Report | null {
    return feed(this, event);
  }

  /** What the current task holds, outermost first. */
  held_locks(): HeldLockView[] {
    return this.core.task.locks().map(heldView);
  }

  /** The dependency graph as data. */
  graph(): LockGraph {
    return graphOf(this.core);
  }

  /** All that is known, in the form in which programs are compared. */
  program_state(): ProgramState {
    return stateOf(this.core);
  }

  /** The text of `/proc/lockdep`. */
  proc_lockdep(): string {
    return procLockdep(this.core);
  }

  /** The text of `/proc/lockdep_chains`. */
  proc_lockdep_chains(): string {
    return procChains(this.core);
  }

  /** The text of `/proc/lockdep_stats`. */
  proc_lockdep_stats(): string {
    return procStats(this.core);
  }
}
