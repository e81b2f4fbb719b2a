/**
 * Lock classes, their keys and the dependencies between them.
 *
 * Follows `struct lock_class`, `struct lock_class_key` and `struct lock_list` of
 * include/linux/lockdep_types.h and include/linux/lockdep.h.
 */
import type { WaitType } from "../../primitives/lock.js";
import type { Stack } from "../report/report.js";

/** `LD_LOCK_NORMAL`, `LD_LOCK_PERCPU` (a local_lock) or `LD_LOCK_WAIT_OVERRIDE`. */
export type LockType = "normal" | "percpu" | "wait-override";

/** The key of `lockdep_set_novalidate_class()`: its locks are held, but never checked. */
export const NO_VALIDATE_KEY = "__lockdep_no_validate__";

/** The key of `lockdep_set_notrack_class()`: its locks are not even held. */
export const NO_TRACK_KEY = "__lockdep_no_track__";

/** A lock instance, for those who compare and print them. */
export interface LockInstance {
  /** Unique per instance. */
  readonly id: string;
  readonly name: string;
}

/** Says which of two locks of a class comes first: below 0 where `b` may be taken under `a`. */
export type LockCompare = (a: LockInstance, b: LockInstance) => number;

/** Returns what reports have after the name of a lock. */
export type LockPrint = (lock: LockInstance) => string;

/** `struct lock_class_key`: what the locks of one initialisation site share. */
export class LockKey {
  /** The classes of the key, by subclass. */
  readonly classes: (LockClass | undefined)[] = [];
  /** False for the key of locks that are held but never checked. */
  readonly validated: boolean;
  /** False for the key of locks that lockdep does not see at all. */
  readonly tracked: boolean;

  constructor(
    readonly id: string,
    /** A dynamic key counts only while it is registered. */
    readonly dynamic: boolean,
    public registered: boolean,
  ) {
    this.validated = id !== NO_VALIDATE_KEY;
    this.tracked = id !== NO_TRACK_KEY;
  }
}

/** One dependency, as seen from the class whose list it is in; also the root of a search. */
export class DependencyEntry {
  /** The next dependency of the same class, in the order in which they were learnt. */
  next: DependencyEntry | null = null;
  /** How the running search came here. */
  parent: DependencyEntry | null = null;
  /** Whether the path of the running search ends in recursive readers only. */
  onlyXr = false;

  constructor(
    /** The class at the far end. */
    readonly to: LockClass,
    /** A set of `DEP_*` bits; see dependency.ts. */
    public dep: number,
    public distance: number,
    public trace: Stack,
  ) {}
}

/** The dependencies of a class in one direction, in the order in which they were learnt. */
export class DependencyList {
  first: DependencyEntry | null = null;
  private last: DependencyEntry | null = null;

  append(entry: DependencyEntry): void {
    if (this.last === null) this.first = entry;
    else this.last.next = entry;
    this.last = entry;
  }

  /** Returns the dependency on a class, or null. */
  find(to: LockClass): DependencyEntry | null {
    let entry = this.first;
    while (entry !== null && entry.to !== to) entry = entry.next;
    return entry;
  }

  /** Drops the dependencies on a class and returns how many there were. */
  remove(to: LockClass): number {
    const all = [...this];
    const kept = all.filter((entry) => entry.to !== to);
    this.first = this.last = null;
    for (const entry of kept) {
      entry.next = null;
      this.append(entry);
    }
    return all.length - kept.length;
  }

  *[Symbol.iterator](): Generator<DependencyEntry> {
    for (let entry = this.first; entry !== null; entry = entry.next) yield entry;
  }
}

/** Locks of one key and one subclass: what lockdep reasons about. */
export class LockClass {
  usageMask = 0;
  /** False once the class was zapped: `lock_classes_in_use`. */
  alive = true;
  /** `lockdep_set_lock_cmp_fn()`. */
  compare: LockCompare | null = null;
  print: LockPrint | null = null;
  /** Where each usage bit was first set. */
  readonly usageTraces: (Stack | undefined)[] = [];
  readonly locksAfter = new DependencyList();
  readonly locksBefore = new DependencyList();
  /** Number of the last search that came by. */
  visited = 0;
  /** How often a lock of the class was taken. */
  ops = 0;
  /** Usage bits anywhere before or after this class: bounds that spare most searches. */
  usageBefore = 0;
  usageAfter = 0;
  /** Place in an order in which dependencies only go upwards; see order.ts. */
  order: number;
  /** The wait type that taking it needs: the outer one, or the inner one where that is 0. */
  readonly waitsFor: WaitType;
  /** Whether it is an annotation that overrides what may be waited for under it. */
  readonly overridesWait: boolean;

  constructor(
    readonly index: number,
    readonly key: LockKey,
    readonly subclass: number,
    readonly name: string,
    /** What tells strings of one text apart, since lockdep compares names by address; mostly null. */
    readonly nameOwner: string | null,
    readonly nameVersion: number,
    readonly waitInner: WaitType,
    readonly waitOuter: WaitType,
    readonly lockType: LockType,
  ) {
    this.order = index;
    this.waitsFor = waitOuter === 0 ? waitInner : waitOuter;
    this.overridesWait = waitInner !== 0 && lockType === "wait-override";
  }

  /** The name as printed: `name#N/S`. */
  get printed(): string {
    return (
      this.name +
      (this.nameVersion > 1 ? `#${this.nameVersion}` : "") +
      (this.subclass > 0 ? `/${this.subclass}` : "")
    );
  }
}
