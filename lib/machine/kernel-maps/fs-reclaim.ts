/**
 * `fs_reclaim`: mm/page_alloc.c. Nobody owns it and nobody waits for it: an allocation that finds no memory goes
 * into the shrinkers itself, and takes their locks there, under whatever the caller holds.
 *
 * So there is a deadlock where a shrinker wants a lock that the allocation is made under; two tasks that reclaim
 * at once do not keep each other from anything.
 */
import { acquireFact, lockdepMap, notInAtomic, told, touched } from "../kernel-locks/common.js";
import { at } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { either, fn, forever } from "../language/control-flow.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import { thread } from "../kernel/process.js";

const fs_reclaim = at(lockdepMap("__fs_reclaim_map", "fs_reclaim"));

/** `fs_reclaim_acquire(GFP_KERNEL)`: told to lockdep, no step of the machine. */
export const fs_reclaim_acquire = (): Statement => told(acquireFact(fs_reclaim, {}, 0, false));
/** `fs_reclaim_release()` */
export const fs_reclaim_release = (): Statement => told({ kind: "release", lock: fs_reclaim });

const reclaiming = (shrinkers: readonly Statement[]): readonly Statement[] => [
  fs_reclaim_acquire(),
  fn("try_to_free_pages", shrinkers),
  fs_reclaim_release(),
];

/**
 * Returns an allocation with `GFP_KERNEL`: there is memory, or it is reclaimed first. A misuse in atomic context,
 * whether there is memory or not (`might_alloc()`).
 *
 * @param shrinkers what reclaim does in the scenario: the locks that its shrinkers take
 * @example
 * const inodes = mutex("inodes");
 * kmalloc([mutex_lock(inodes), mutex_unlock(inodes)]);
 */
export function kmalloc(shrinkers: readonly Statement[]): Statement {
  const call = "kmalloc(GFP_KERNEL)";
  const allowed = step(call, { then: [notInAtomic(call)] });
  const direct = shrinkers.length === 0 ? [step("reclaims")] : reclaiming(shrinkers);
  return fn("kmalloc", [
    told(touched(fs_reclaim)),
    allowed,
    either([step("there is memory")], [step("direct reclaim"), ...direct]),
  ]);
}

/** Returns an allocation with `GFP_NOFS` or `GFP_ATOMIC`, which never goes into the shrinkers of a file system. */
export const kmalloc_nofs = (): Statement => fn("kmalloc", [step("kmalloc(GFP_NOFS)")]);

/** Returns `kswapd`, which reclaims whenever it likes. */
export const kswapd = (shrinkers: readonly Statement[]): Process =>
  thread("kswapd", [
    forever([step("balance_pgdat()", { end: true }), ...reclaiming(shrinkers), step("sleeps")]),
  ]);
