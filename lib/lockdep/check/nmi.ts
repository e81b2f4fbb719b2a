import type { ReadMode } from "../../primitives/event.js";
import type { Core } from "../state/core.js";
import type { LockdepMap } from "../state/map.js";
import { lookUpClass } from "../state/registry.js";
import { HeldLock } from "../state/task.js";
import { USAGE_STATES, USED, USED_READ } from "../state/usage.js";
import { reportInconsistent } from "./irq-usage.js";

/**
 * Checks that a lock that an NMI waits for is never taken elsewhere, but by readers where the NMI
 * reads: `verify_lock_unused()`.
 */
export function checkUnusedOutsideNmi(
  core: Core,
  map: LockdepMap,
  subclass: number,
  read: ReadMode,
): void {
  const lockClass = lookUpClass(core, map, subclass);
  if (lockClass === null) return;
  const conflicting = (1 << USED) | (read === 0 ? 1 << USED_READ : 0);
  if ((lockClass.usageMask & conflicting) === 0) return;
  const lock = new HeldLock(lockClass, map, core.stack, core.task.chain);
  lock.read = read;
  reportInconsistent(core, lock, USED, USAGE_STATES);
  // The report goes on to print where the class was first written: there is no such trace.
  if (lockClass.usageTraces[USED] === undefined) core.die("print_lock_trace");
}
