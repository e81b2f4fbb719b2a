/**
 * The lock validator, with the names of kernel/locking/lockdep.c: it is told of every acquire, release
 * and switch of interrupts, and reports what could be wrong.
 *
 * @module lockdep
 */
export { Lockdep } from "./lockdep.js";
export { LockdepMap } from "./map.js";
export type { LockdepOptions } from "./context.js";
export { KERNEL_LIMITS, type LockdepLimits } from "./limits.js";
export { NO_TRACK_KEY, NO_VALIDATE_KEY } from "./class.js";
export type { LockCompare, LockInstance, LockPrint } from "./class.js";
export { checkTotalOrder, type NotTotal } from "./compare.js";
export {
  KERNEL_NAMES,
  kernelNamed,
  kernelOfVersion,
  waitTypeOfNumber,
  type KernelName,
  type KernelRelease,
  type LockdepKernel,
} from "./kernel.js";
export { usageChars } from "./usage.js";
export type * from "./report.js";
export type * from "./view.js";
