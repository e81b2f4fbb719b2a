/** What the kernel's lockdep would say to a scenario whose paths each ran once. */
import { Lockdep, type LockdepOptions } from "../lockdep/index.js";
import type { Scenario } from "../machine/index.js";
import { type InTurnOptions, inTurn } from "../machine/run/sequential.js";

/** The pids of the tasks in reports; 0 would be an idle task. */
const FIRST_PID = 100;

/**
 * Returns a lockdep that has watched a scenario run, one process after another.
 *
 * What it has seen depends on the order only in which report comes first; what it cannot see is
 * the interleavings that did not happen, and a path that never ran.
 *
 * @param options among them `lockdep`, one that already knows something, where the run is to add to it
 * @example
 * lockdepOn(abba()).report?.kind // "circular"
 */
export function lockdepOn(
  scenario: Scenario,
  options: InTurnOptions & LockdepOptions & { readonly lockdep?: Lockdep } = {},
): Lockdep {
  const { lockdep = new Lockdep(options) } = options;
  const { model, events } = inTurn(scenario, options);
  for (const [task, { name, kind }] of model.processes.entries()) {
    if (kind === "task") lockdep.name_task(task, name, FIRST_PID + task);
  }
  for (const event of events) lockdep.feed(event);
  return lockdep;
}
