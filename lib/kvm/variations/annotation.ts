/** Which subclasses a path tells lockdep that it takes the wakeup lock with. */

/** `PI_LOCK_SCHED_OUT`, which is `SINGLE_DEPTH_NESTING`. */
export const PI_LOCK_SCHED_OUT = 1;

/** A subclass: `MAX_LOCKDEP_SUBCLASSES` is 8. */
export type Subclass = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The subclasses of one path, in order: the lock is taken with the first, the rest is told to lockdep alone. */
export type Subclasses = readonly Subclass[];

/** The subclasses of each path. */
export interface Annotation {
  readonly handler: Subclasses;
  readonly schedOut: Subclasses;
  readonly schedIn: Subclasses;
}

/** What is told to lockdep where nothing is annotated. */
export const unannotated: Annotation = { handler: [0], schedOut: [0], schedIn: [0] };

/** The merged rule: handler 0, sched_out 1, sched_in both. */
export const mergedRule: Annotation = {
  handler: [0],
  schedOut: [PI_LOCK_SCHED_OUT],
  schedIn: [0, PI_LOCK_SCHED_OUT],
};
