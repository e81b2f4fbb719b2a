/**
 * The lock validator. Where to look:
 *
 * - lockdep.ts: the kernel-named functions, and the validator as a reader meets it; feed.ts folds the
 *   machine's events into it;
 * - calls/: what one call does: acquire, release, validate, mark, switch interrupts, assert, pin;
 * - check/: one file a rule, each of which looks and reports;
 * - search/: the search behind the rules; order.ts and bounds.ts spare it where the answer is known;
 * - state/: what is kept: classes, chains, dependencies, usage, held locks;
 * - kernel/: what differs between kernels, and their limits;
 * - report/ and output/: what comes out: reports, the graph, /proc/lockdep;
 * - program/: programs of locks as text, to compare answers with.
 */
export { Lockdep } from "./lockdep.js";
export type { LockdepOptions } from "./calls/context.js";
export { LockdepMap } from "./state/map.js";
export { KERNEL_LIMITS, type LockdepLimits } from "./kernel/limits.js";
export {
  type LockCompare,
  type LockInstance,
  type LockPrint,
  NO_TRACK_KEY,
  NO_VALIDATE_KEY,
} from "./state/class.js";
export { checkTotalOrder, type NotTotal } from "./state/compare.js";
export {
  KERNEL_NAMES,
  type LockdepKernel,
  type KernelName,
  type KernelRelease,
  kernelNamed,
  kernelOfVersion,
  waitTypeOfNumber,
} from "./kernel/kernel.js";
export * from "./program/index.js";
export type { ProgramState } from "./output/program-state.js";
export { usageChars } from "./state/usage.js";
export type * from "./report/report.js";
export type * from "./report/view.js";
