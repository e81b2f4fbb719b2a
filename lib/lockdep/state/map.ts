/**
 * `struct lockdep_map`: a lock instance as one lockdep knows it, with its cached classes.
 *
 * Follows include/linux/lockdep_types.h.
 */
import type { WaitType } from "../../primitives/lock.js";
import type { LockClass, LockInstance, LockKey, LockType } from "./class.js";

/** A lock instance that belongs to one `Lockdep`; made by its `lockdep_init_map()`. */
export class LockdepMap implements LockInstance {
  /** `class_cache[]`: the classes of subclass 0 and 1. */
  cache0: LockClass | null = null;
  cache1: LockClass | null = null;

  constructor(
    /** Unique per instance; printed where the kernel prints an address. */
    readonly id: string,
    public name: string,
    /** What tells the name from others of its text: null, or a lock whose own string it is. */
    public nameOwner: string | null,
    public key: LockKey | null,
    public waitInner: WaitType,
    public waitOuter: WaitType,
    public lockType: LockType,
  ) {}
}
