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

/**
 * Checks that a lock may be waited for under the locks held in the same context:
 * `check_wait_context()`.
 *
 * @returns true where there was something to report
 */
export function checkWaitContext(core: Core, next: HeldLock): boolean {
  const { waitInner, waitOuter } = next.lockClass;
  if (waitInner === 0 || next.trylock) return false;
  const { held, depth } = core.task;
  let from = depth;
  while (from > 0 && held[from - 1]?.irqContext === next.irqContext) from--;

  const context = contextWaitType(core);
  let allowed = context;
  for (let i = from; i < depth; i++) {
    const prev = held[i]?.lockClass;
    if (prev === undefined || prev.waitInner === 0) continue;
    if (prev.waitInner < allowed || prev.lockType === "wait-override") allowed = prev.waitInner;
  }
  if ((waitOuter === 0 ? waitInner : waitOuter) <= allowed) return false;
  core.report({ kind: "wait-context", acquiring: heldView(next), context }, [next.lockClass]);
  return true;
}
