/** Whether somebody in a deadlock waits for a lock: asked of the machine, since a step may be called anything. */
import { untilAllStand, type Result } from "../../../explore/index.js";
import { replay, translate, type Transition } from "../../../machine/index.js";
import { waitReason } from "../../../machine/waits/index.js";

/** Returns whether at the end of the deadlock that was found somebody waits for a lock that another holds. */
export function waitsForLock({ scenario, violations: { deadlock } }: Result): boolean {
  if (deadlock === undefined) return false;
  const run = replay(translate(scenario), untilAllStand(scenario, deadlock.schedule));
  return run.model.processes.some((_, number) => {
    const standing = waitReason(run, number);
    return standing?.reason.kind === "held" && standing.next !== null && isTaking(standing.next);
  });
}

/** Annotations that stand before a step are not its own. */
function isTaking({ facts, early }: Transition): boolean {
  const own = facts.slice(early).map(({ fact }) => fact.kind);
  return own.includes("acquire") && own.includes("locked");
}
