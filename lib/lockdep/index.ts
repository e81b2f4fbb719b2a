/**
 * The lock validator. Where to look:
 *
 * - lockdep.ts: the kernel-named functions, and the validator as a reader meets it, with
 *   context.ts and asserts.ts under it; feed.ts folds the machine's events into it;
 * - acquire.ts, release.ts, validate.ts, mark.ts, irq-state.ts: what one call does, in that order;
 * - check/: one file a rule, each of which looks and reports;
 * - bfs.ts: the search behind the rules; order.ts and bounds.ts spare it where the answer is known;
 * - class.ts, registry.ts, map.ts, chain.ts, dependency.ts, usage.ts, task.ts: what is kept;
 * - program/: programs of locks as text, to compare answers with;
 * - report.ts, view.ts, graph.ts, proc.ts: what comes out.
 */
export { Lockdep } from "./lockdep.js";
export type { LockdepOptions } from "./context.js";
export { LockdepMap } from "./map.js";
export { KERNEL_LIMITS, type LockdepLimits } from "./limits.js";
export {
  type LockCompare,
  type LockInstance,
  type LockPrint,
  NO_TRACK_KEY,
  NO_VALIDATE_KEY,
} from "./class.js";
export { checkTotalOrder, type NotTotal } from "./compare.js";
export {
  KERNEL_NAMES,
  type LockdepKernel,
  type KernelName,
  type KernelRelease,
  kernelNamed,
  kernelOfVersion,
  waitTypeOfNumber,
} from "./kernel.js";
export * from "./program/index.js";
export type { ProgramState } from "./state.js";
export { usageChars } from "./usage.js";
export type * from "./report.js";
export type * from "./view.js";
