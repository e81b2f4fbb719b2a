/** Which subclasses a path tells lockdep that it takes the wakeup lock with. */
import {
  type LockRef,
  type Operand,
  type Statement,
  raw_spin_lock,
  raw_spin_unlock,
  spin_acquire,
  spin_release,
} from "../../machine/index.js";
import { shown } from "../../primitives/shown.js";
import type { Code, OnCpu } from "./code.js";

/** `PI_LOCK_SCHED_OUT`, which is `SINGLE_DEPTH_NESTING`. */
export const PI_LOCK_SCHED_OUT = 1;

/** The subclasses of one path, in order: the lock is taken with the first, the rest is told to lockdep alone. */
export type Subclasses = readonly number[];

/** The subclasses of each path, 0 to 7. */
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

/** Returns the code with the wakeup lock taken under other subclasses; the locks stay what they are. */
export function annotate(code: Code, annotation: Partial<Annotation>): Code {
  const { handler, schedOut, schedIn } = { ...unannotated, ...annotation };
  return {
    ...code,
    handler: { ...code.handler, ...taking(code.wakeupLock, handler) },
    schedOut: { ...code.schedOut, ...taking(code.wakeupLock, schedOut) },
    schedIn: { ...code.schedIn, ...taking(code.wakeupLock, schedIn) },
  };
}

/** Returns how a lock is taken and dropped with these subclasses. */
export function taking(
  lockOf: (cpu: Operand) => LockRef,
  subclasses: Subclasses,
): { readonly lock: OnCpu; readonly unlock: OnCpu } {
  const given: unknown = subclasses;
  if (!Array.isArray(given) || given.length === 0) {
    throw new TypeError(`a list of subclasses is wanted, such as [0, 1], and not ${shown(given)}`);
  }
  const [subclass = 0, ...told] = subclasses;
  return {
    lock: (cpu): readonly Statement[] => [
      raw_spin_lock(lockOf(cpu), { subclass }),
      ...told.map((other) => spin_acquire(lockOf(cpu), other)),
    ],
    unlock: (cpu): readonly Statement[] => [
      ...told.map(() => spin_release(lockOf(cpu))),
      raw_spin_unlock(lockOf(cpu)),
    ],
  };
}
