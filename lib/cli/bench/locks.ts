/** The locks that the benchmarks take. */
import type { Lockdep, LockdepMap } from "../../lockdep/index.js";

/** The place that they are taken at. */
export const IP = ["bench"];

/** Returns so many raw spinlocks, each of a class of its own. */
export const rawSpinlocks = (lockdep: Lockdep, count: number): LockdepMap[] =>
  Array.from({ length: count }, (_, i) =>
    lockdep.lockdep_init_map({ id: `lock${i}`, name: `lock${i}`, key: `key${i}`, waitInner: 2 }),
  );

/** Takes one. */
export const take = (lockdep: Lockdep, map: LockdepMap): void => {
  lockdep.lock_acquire(map, 0, false, 0, true, null, IP);
};
