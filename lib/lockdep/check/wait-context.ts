import type { WaitType } from "../../primitives/lock.js";
import type { Core } from "../state/core.js";
import { waitTypeIn } from "../kernel/kernel.js";
import { heldView } from "../state/snapshot.js";
import { type HeldLock, WAIT_OVERRIDDEN } from "../state/task.js";

const LD_WAIT_SPIN: WaitType = 2;
const LD_WAIT_CONFIG: WaitType = 3;
const LD_WAIT_MAX: WaitType = 5;

/** The wait type that the context itself allows: `task_wait_context()`; LD_WAIT_SPIN or more. */
function contextWaitType({ cpu, task, kernel }: Core): WaitType {
  if (cpu.hardirqContext > 0) {
    const threaded = task.hardirqThreaded || task.irqConfig;
    return threaded ? waitTypeIn(kernel, LD_WAIT_CONFIG) : LD_WAIT_SPIN;
  }
  return waitTypeIn(kernel, task.softirqContext > 0 ? LD_WAIT_CONFIG : LD_WAIT_MAX);
}

/**
 * Checks that a lock may be waited for under the locks held in the same context, and notes what it
 * allows in turn: `check_wait_context()`, which walks over the locks held each time.
 *
 * @param below the lock held before it in its context, or null
 * @returns true where there was something to report
 */
export function checkWaitContext(core: Core, next: HeldLock, below: HeldLock | null): boolean {
  const { waitInner, waitsFor, overridesWait } = next.lockClass;
  const before = below === null ? LD_WAIT_MAX : below.waitAllowed;
  const allowed = before & ~WAIT_OVERRIDDEN;
  if (overridesWait) next.waitAllowed = waitInner | WAIT_OVERRIDDEN;
  else if (waitInner !== 0 && waitInner < allowed) {
    next.waitAllowed = waitInner | (before & WAIT_OVERRIDDEN);
  } else next.waitAllowed = before;

  if (waitInner === 0 || next.trylock) return false;
  if (waitsFor <= allowed) {
    if (waitsFor <= LD_WAIT_SPIN || before !== allowed) return false;
    if (waitsFor <= contextWaitType(core)) return false;
  }
  const context = contextWaitType(core);
  core.report({ kind: "wait-context", acquiring: heldView(next), context }, [next.lockClass]);
  return true;
}
