/**
 * What a lock is to the lab: an instance with the name, key and wait types that lockdep knows it by.
 *
 * Follows `struct lockdep_map` and `enum lockdep_wait_type` in include/linux/lockdep_types.h.
 */

/** `LD_WAIT_*`: 0 INV (unchecked), 1 FREE, 2 SPIN, 3 CONFIG, 4 SLEEP, 5 MAX. */
export type WaitType = 0 | 1 | 2 | 3 | 4 | 5;

/** The kernel's lock kinds that the lab models. */
export type LockKind =
  | "raw_spinlock"
  | "spinlock"
  | "bit_spinlock"
  | "rwlock"
  | "local_lock"
  | "mutex"
  | "rt_mutex"
  | "ww_mutex"
  | "rwsem"
  | "percpu_rwsem"
  /** A `struct lockdep_map` that no lock is behind. */
  | "lockdep_map";

/** `wait_type_inner` of each kind of lock under CONFIG_PROVE_RAW_LOCK_NESTING. */
export const waitTypeOf: Readonly<Record<LockKind, WaitType>> = {
  raw_spinlock: 2,
  spinlock: 3,
  // Lockdep knows none: it has no `struct lockdep_map`.
  bit_spinlock: 0,
  rwlock: 3,
  local_lock: 3,
  mutex: 4,
  rt_mutex: 4,
  ww_mutex: 4,
  rwsem: 4,
  // `__PERCPU_RWSEM_DEP_MAP_INIT()` and `lockdep_init_map()` set no wait type.
  percpu_rwsem: 0,
  lockdep_map: 0,
};

/** One `struct lockdep_map`: a lock instance as lockdep sees it. */
export interface LockMap {
  /** Unique per instance, such as `rq->__lock@1`; printed where the kernel prints an address. */
  readonly id: string;
  /** The kernel's name of the class, such as `&rq->__lock`. */
  readonly name: string;
  /** True for a string of this lock's own: names are compared by address; false by default. */
  readonly ownName?: boolean;
  /** The `lock_class_key`: instances with one key share their classes. */
  readonly key: string;
  /** What waiting for this lock may do at most (`wait_type_inner`). */
  readonly waitInner: WaitType;
  /** What contexts may take it (`wait_type_outer`); 0 means as `waitInner`. */
  readonly waitOuter?: WaitType;
  /**
   * Where the key lives: `static` (the default) counts always, `dynamic` only between
   * `lockdep_register_key()` and `lockdep_unregister_key()`, `none` is a lock on the heap that was
   * never initialised.
   */
  readonly keyStorage?: "static" | "dynamic" | "none";
  /** `LD_LOCK_*`: a local_lock is `percpu`, an annotation that resets the context an override. */
  readonly lockType?: "normal" | "percpu" | "wait-override";
  /** `lockdep_set_lock_cmp_fn()`: below 0 where the second may be taken under the first. One function a class. */
  readonly compare?: CompareLocks;
  /** The release that came with it, where kernels before do not have the map: their lockdep hears nothing of it. */
  readonly since?: MapSince;
}

/** The releases that came with maps: 6.13 with that of the first mutex of a wound/wait context. */
export type MapSince = "6.13";

/** Tells in which order two locks of a class are taken. */
export type CompareLocks = (
  first: { readonly id: string },
  second: { readonly id: string },
) => number;

/**
 * Returns the id of one instance of a lock variable.
 *
 * @param index the members of the sets that it is declared over; none where there is one instance alone
 * @example
 * instanceId("rq->__lock", [1]) // "rq->__lock@1"
 */
export function instanceId(variable: string, index: readonly number[]): string {
  return index.length === 0 ? variable : `${variable}@${index.join(",")}`;
}

/** Returns the variable of an instance's id, and what stands behind the `@`; null where nothing does. */
export function partsOfId(id: string): readonly [variable: string, index: string | null] {
  const at = id.lastIndexOf("@");
  return at < 0 ? [id, null] : [id.slice(0, at), id.slice(at + 1)];
}
