/**
 * `struct lockdep_map`: a lock instance as one lockdep knows it, with its cached classes.
 *
 * Follows include/linux/lockdep_types.h.
 */
import type { WaitType } from "../primitives/lock.js";
import type { LockClass, LockKey, LockType } from "./class.js";

/** A lock instance that belongs to one `Lockdep`; made by its `lockdep_init_map()`. */
export class LockdepMap {
  /** `class_cache[]`: the classes of subclass 0 and 1. */
  cache0: LockClass | null = null;
  cache1: LockClass | null = null;

  constructor(
    /** Unique per instance; printed where the kernel prints an address. */
    readonly id: string,
    public name: string,
    public key: LockKey | null,
    public waitInner: WaitType,
    public waitOuter: WaitType,
    public lockType: LockType,
  ) {}
}
