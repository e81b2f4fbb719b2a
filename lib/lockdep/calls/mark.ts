/**
 * Marking classes with usage bits.
 *
 * Follows `mark_lock()`, `mark_usage()` and `mark_held_locks()` in kernel/locking/lockdep.c.
 */
import { spreadUsage } from "../search/bounds.js";
import { checkIrqUsage } from "../check/irq-usage.js";
import { reportLimit } from "../check/limit.js";
import type { Core } from "../state/core.js";
import { survivesMarking } from "../state/dangling.js";
import type { HeldLock } from "../state/task.js";
import {
  ENABLED_HARDIRQ,
  ENABLED_SOFTIRQ,
  READ,
  USED,
  USED_IN_HARDIRQ,
  USED_IN_SOFTIRQ,
  USED_READ,
} from "../state/usage.js";

/** Marks the class of a lock with one bit and checks it; false stops the operation. */
function mark(core: Core, lock: HeldLock, bit: number): boolean {
  const { lockClass } = lock;
  if ((lockClass.usageMask & (1 << bit)) !== 0) return true;
  lockClass.usageMask |= 1 << bit;
  spreadUsage(lockClass, bit);
  const trace = core.traces.save(core.stack);
  if (trace === null) {
    reportLimit(core, "MAX_STACK_TRACE_ENTRIES");
    return core.debugLocks;
  }
  lockClass.usageTraces[bit] = trace;
  if (bit < USED) checkIrqUsage(core, lock, bit);
  return core.debugLocks;
}

/** Marks a lock that is being taken; false stops the operation. */
export function markUsage(core: Core, lock: HeldLock): boolean {
  const { task, cpu } = core;
  const read = lock.read === 0 ? 0 : READ;
  if (lock.check) {
    if (!lock.trylock) {
      if (cpu.hardirqContext > 0 && !mark(core, lock, USED_IN_HARDIRQ | read)) return false;
      if (task.softirqContext > 0 && !mark(core, lock, USED_IN_SOFTIRQ | read)) return false;
    }
    if (!lock.hardirqsOff && !lock.sync) {
      if (!mark(core, lock, ENABLED_HARDIRQ | read)) return false;
      if (task.softirqsEnabled && !mark(core, lock, ENABLED_SOFTIRQ | read)) return false;
    }
  }
  const used = read === 0 ? USED : USED_READ;
  return (lock.lockClass.usageMask & (1 << used)) !== 0 || mark(core, lock, used);
}

/** Marks every lock held as being held with an interrupt enabled; false stops the operation. */
export function markHeldLocks(
  core: Core,
  bit: typeof ENABLED_HARDIRQ | typeof ENABLED_SOFTIRQ,
): boolean {
  if (core.dangling && !survivesMarking(core)) return false;
  const { held, depth } = core.task;
  for (let i = 0; i < depth; i++) {
    const lock = held[i];
    if (lock?.check !== true) continue;
    if (!mark(core, lock, lock.read === 0 ? bit : bit | READ)) return false;
  }
  return true;
}
