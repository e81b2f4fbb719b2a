/**
 * The lock validator, with the names of kernel/locking/lockdep.c: it is told of every acquire, release
 * and switch of interrupts, and reports what could be wrong.
 *
 * @module lockdep
 */
export { Lockdep } from "./lockdep.js";
export { LockdepMap } from "./state/map.js";
export type { LockdepOptions } from "./calls/context.js";
export { KERNEL_LIMITS, type LockdepLimits } from "./kernel/limits.js";
export type { LockCompare, LockInstance, LockPrint } from "./state/class.js";
export { checkTotalOrder, type NotTotal } from "./state/compare.js";
export type { KernelName, KernelRelease, LockdepKernel } from "./kernel/kernel.js";
export type * from "./report/report.js";
export type * from "./report/view.js";
