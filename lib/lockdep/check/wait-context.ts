import type { WaitType } from "../../primitives/lock.js";
import type { Core } from "../core.js";
import { waitTypeIn } from "../kernel.js";
import { heldView } from "../snapshot.js";
import type { HeldLock } from "../task.js";

const LD_WAIT_SPIN: WaitType = 2;
const LD_WAIT_CONFIG: WaitType = 3;
const LD_WAIT_MAX: WaitType = 5;

/** The wait type that the context itself allows: `task_wait_context()`. */
function contextWaitType({ cpu, task, kernel }: Core): WaitType {
  if (cpu.hardirqContext > 0) {
    const threaded = task.hardirqThreaded || task.irqConfig;
    return threaded ? waitTypeIn(kernel, LD_WAIT_CONFIG) : LD_WAIT_SPIN;
  }
  return waitTypeIn(kernel, task.softirqContext > 0 ? LD_WAIT_CONFIG : LD_WAIT_MAX);
}

/** Notes what may be waited for under `next`, given what is allowed under `below`. */
function noteAllowed(next: HeldLock, below: HeldLock | null): void {
  const { waitInner, lockType } = next.lockClass;
  const before = below?.waitAllowed ?? LD_WAIT_MAX;
  const overrides = waitInner !== 0 && lockType === "wait-override";
  next.waitOverridden = overrides || below?.waitOverridden === true;
  next.waitAllowed = overrides || (waitInner !== 0 && waitInner < before) ? waitInner : before;
}

/**
 * Checks that a lock may be waited for under the locks held in the same context, and notes what it
 * allows in turn: `check_wait_context()`, which walks over the locks held each time.
 *
 * @returns true where there was something to report
 */
export function checkWaitContext(core: Core, next: HeldLock): boolean {
  const { held, depth } = core.task;
  const top = depth > 0 ? held[depth - 1] : undefined;
  const below = top?.irqContext === next.irqContext ? top : null;
  noteAllowed(next, below);
  const { waitInner, waitOuter } = next.lockClass;
  if (waitInner === 0 || next.trylock) return false;
  const outer = waitOuter === 0 ? waitInner : waitOuter;
  if (below !== null && outer > below.waitAllowed) return report(core, next);
  if (below?.waitOverridden === true || outer <= contextWaitType(core)) return false;
  return report(core, next);
}

function report(core: Core, next: HeldLock): true {
  const context = contextWaitType(core);
  core.report({ kind: "wait-context", acquiring: heldView(next), context }, [next.lockClass]);
  return true;
}
