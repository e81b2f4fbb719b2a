import type { WaitType } from "../../primitives/lock.js";
import type { Core } from "../core.js";
import { heldView } from "../snapshot.js";
import type { HeldLock } from "../task.js";

const LD_WAIT_SPIN: WaitType = 2;
const LD_WAIT_CONFIG: WaitType = 3;
const LD_WAIT_MAX: WaitType = 5;

/** The wait type that the context itself allows: `task_wait_context()`. */
function contextWaitType({ cpu, task }: Core): WaitType {
  if (cpu.hardirqContext > 0) return task.hardirqThreaded ? LD_WAIT_CONFIG : LD_WAIT_SPIN;
  return task.softirqContext > 0 ? LD_WAIT_CONFIG : LD_WAIT_MAX;
}

/** What the locks held in the context of `next`, and that context itself, still allow. */
function allowedBefore(core: Core, next: HeldLock): WaitType {
  const { held, depth } = core.task;
  const top = depth > 0 ? held[depth - 1] : undefined;
  return top?.irqContext === next.irqContext ? top.waitAllowed : contextWaitType(core);
}

/**
 * Checks that a lock may be waited for under the locks held in the same context, and notes what it
 * allows in turn: `check_wait_context()`, which walks over the locks held each time.
 *
 * @returns true where there was something to report
 */
export function checkWaitContext(core: Core, next: HeldLock): boolean {
  const { waitInner, waitOuter, lockType } = next.lockClass;
  const allowed = allowedBefore(core, next);
  const narrows = waitInner !== 0 && (waitInner < allowed || lockType === "wait-override");
  next.waitAllowed = narrows ? waitInner : allowed;
  if (waitInner === 0 || next.trylock) return false;
  if ((waitOuter === 0 ? waitInner : waitOuter) <= allowed) return false;
  const context = contextWaitType(core);
  core.report({ kind: "wait-context", acquiring: heldView(next), context }, [next.lockClass]);
  return true;
}
