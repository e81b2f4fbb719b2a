/**
 * What happens on the machine, one fact at a time: the machine emits events and lockdep folds them.
 *
 * An annotation (`acquire`, `release`) and the lock operation itself (`locked`, `unlocked`) are
 * separate events: `spin_acquire()` on a lock's map changes what lockdep believes and nothing else.
 */
import type { LockMap } from "./lock.js";

/** 0 exclusive, 1 shared, 2 recursive shared: the `read` argument of `lock_acquire()`. */
export type ReadMode = 0 | 1 | 2;

/** Where and by whom an event happened. */
export interface Place {
  /** CPU number, from 0. */
  readonly cpu: number;
  /** The task that runs on that CPU, interrupted or not; each has its own held locks. */
  readonly task: number;
  /** The functions on the stack, innermost first: `["try_to_wake_up", "pi_wakeup_handler"]`. */
  readonly stack: readonly string[];
}

/** Follows the hooks of include/linux/lockdep.h and include/linux/irqflags.h. */
export type Fact =
  | {
      readonly kind: "acquire";
      readonly map: LockMap;
      readonly subclass: number;
      readonly trylock: boolean;
      readonly read: ReadMode;
      /** False for `lockdep_set_novalidate_class` and friends: no dependency is recorded. */
      readonly check: boolean;
      readonly nestLock: LockMap | null;
    }
  | { readonly kind: "release"; readonly map: LockMap }
  | { readonly kind: "locked"; readonly map: LockMap; readonly read: ReadMode }
  | { readonly kind: "unlocked"; readonly map: LockMap }
  | { readonly kind: "waiting"; readonly map: LockMap; readonly read: ReadMode }
  | { readonly kind: "hardirqs"; readonly on: boolean }
  | { readonly kind: "softirqs"; readonly on: boolean }
  /** `threaded` if PREEMPT_RT would run the handler in a thread: `lockdep_hardirq_threaded()`. */
  | {
      readonly kind: "enter";
      readonly context: "hardirq" | "softirq";
      readonly threaded?: boolean;
    }
  | { readonly kind: "exit"; readonly context: "hardirq" | "softirq" }
  /** `nmi_enter()` and `nmi_exit()`. */
  | { readonly kind: "nmi"; readonly on: boolean }
  | { readonly kind: "assert_held"; readonly map: LockMap; readonly held: boolean }
  | { readonly kind: "assert_irqs"; readonly on: boolean }
  | { readonly kind: "return_to_user" }
  /** Takes it and drops it at once, with IRQs off around it if told. */
  | {
      readonly kind: "touch";
      readonly map: LockMap;
      readonly read: ReadMode;
      readonly irqsave: boolean;
    }
  /** `lock_sync()`: waits for whoever holds it, without taking it. */
  | { readonly kind: "sync"; readonly map: LockMap; readonly read: ReadMode }
  /** `lock_set_subclass()` of a lock that is held, or `lock_set_class()` with another class. */
  | {
      readonly kind: "set_subclass";
      readonly map: LockMap;
      readonly subclass: number;
      readonly as?: { readonly name: string; readonly key: string };
    }
  /** `lock_pin_lock()` and `lock_unpin_lock()`. */
  | { readonly kind: "pin" | "unpin"; readonly map: LockMap }
  /** `RCU_LOCKDEP_WARN()`: unless one of these is held, or unless none is. */
  | {
      readonly kind: "rcu_warn";
      readonly unless: "held" | "none-held";
      readonly maps: readonly LockMap[];
      readonly message: string;
    }
  /** `lockdep_off()` and `lockdep_on()`. */
  | { readonly kind: "lockdep"; readonly on: boolean }
  /** A write lock becomes a read lock without being dropped: `downgrade_write()`. */
  | { readonly kind: "downgrade"; readonly map: LockMap }
  /** The memory that the lock lives in is freed. */
  | { readonly kind: "free"; readonly map: LockMap }
  /** The lock is initialised (again). */
  | { readonly kind: "init"; readonly map: LockMap }
  /** The task ends. */
  | { readonly kind: "task_exit" };

/** A fact with its place. */
export type Event = Place & Fact;
