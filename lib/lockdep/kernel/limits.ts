/**
 * How much lockdep can hold.
 *
 * Follows kernel/locking/lockdep_internals.h and lib/Kconfig.debug; the defaults are those of a
 * kernel without CONFIG_LOCKDEP_SMALL.
 */
export interface LockdepLimits {
  /** `MAX_LOCKDEP_SUBCLASSES`: classes of one key, 1 to 8. */
  readonly subclasses: number;
  /** `MAX_LOCK_DEPTH`: locks held by one task. */
  readonly depth: number;
  /** `MAX_LOCKDEP_KEYS`: classes. */
  readonly keys: number;
  /** `MAX_LOCKDEP_ENTRIES`: dependencies, of which each new edge takes two. */
  readonly entries: number;
  /** `MAX_LOCKDEP_CHAINS`: validated chains. */
  readonly chains: number;
  /** `MAX_LOCKDEP_CHAIN_HLOCKS`: locks in all validated chains together. */
  readonly chainHlocks: number;
  /** `MAX_STACK_TRACE_ENTRIES`: words of all saved stacks. */
  readonly stackTraceEntries: number;
  /** `MAX_CIRCULAR_QUEUE_SIZE`: of the breadth-first search. */
  readonly queue: number;
}

/** The kernel's own limits. */
export const KERNEL_LIMITS: LockdepLimits = {
  subclasses: 8,
  depth: 48,
  keys: 8192,
  entries: 32_768,
  chains: 65_536,
  chainHlocks: 327_680,
  stackTraceEntries: 524_288,
  queue: 4096,
};
