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
export { NO_TRACK_KEY, NO_VALIDATE_KEY } from "./state/class.js";
export type { LockCompare, LockInstance, LockPrint } from "./state/class.js";
export { checkTotalOrder, type NotTotal } from "./state/compare.js";
export {
  KERNEL_NAMES,
  kernelNamed,
  kernelOfVersion,
  waitTypeOfNumber,
  type KernelName,
  type KernelRelease,
  type LockdepKernel,
} from "./kernel/kernel.js";
export { usageChars } from "./state/usage.js";
export type * from "./report/report.js";
export type * from "./report/view.js";
