/** What the kernel's lockdep would say to a scenario whose paths ran. */
import type { Event } from "../primitives/event.js";
import { KERNEL_NAMES, Lockdep, type LockdepOptions } from "../lockdep/index.js";
import { type Model, type Scenario, checkScenario, cpuCount } from "../machine/index.js";
import { type CoveringOptions, coveringRuns } from "../machine/run/covering-runs.js";

/** The pids of the tasks in reports; 0 is an idle task. */
const FIRST_PID = 100;

/** What lockdep has watched. */
export interface Watched {
  readonly model: Model;
  readonly lockdep: Lockdep;
  /** The steps that ran in some of the runs, as `process: step`. */
  readonly ran: readonly string[];
  /** The steps that ran in none of the runs, so that lockdep heard nothing of them. */
  readonly neverRan: readonly string[];
}

/** How lockdep watches: among it `lockdep`, one that already knows something, where the runs are to add to it. */
export type WatchOptions = CoveringOptions & LockdepOptions & { readonly lockdep?: Lockdep };

/**
 * Returns a lockdep that has watched a scenario run, one process after another; again, from the start, for each
 * arm of a choice that did not run yet.
 *
 * What it has seen depends on the order only in which report comes first; what it cannot see is
 * the interleavings that did not happen, and a path that never ran.
 *
 * @example
 * lockdepOn(abba()).report?.kind // "circular"
 */
export function lockdepOn(scenario: Scenario, options: WatchOptions = {}): Lockdep {
  return watched(scenario, options).lockdep;
}

/** Returns such a lockdep, with what never ran. */
export function watched(scenario: Scenario, options: WatchOptions = {}): Watched {
  checkScenario(scenario);
  const { lockdep = new Lockdep({ ...kernelOf(scenario), ...options }) } = options;
  const { model, runs, ran, neverRan } = coveringRuns(scenario, options);
  const cpus = Math.max(1, cpuCount(scenario));
  for (const [number, { events }] of runs.entries()) {
    // A task left waiting in one run still holds its locks: the next run has other tasks, on other CPUs.
    const tasks = number * (model.processes.length + cpus);
    nameTasks(lockdep, model, tasks);
    for (const event of events) {
      lockdep.feed({ ...event, task: event.task + tasks, cpu: event.cpu + number * cpus });
    }
  }
  return { model, lockdep, ran, neverRan };
}

/** Returns a lockdep that was told the events of one run, or of parts of it in another order. */
export function lockdepToldOf(model: Model, events: readonly Event[]): Lockdep {
  const lockdep = new Lockdep(kernelOf(model.scenario));
  nameTasks(lockdep, model, 0);
  for (const event of events) lockdep.feed(event);
  return lockdep;
}

/** The kernel that the scenario itself names. */
function kernelOf({ kernel }: Scenario): Pick<LockdepOptions, "kernel"> {
  const known = KERNEL_NAMES.find((name) => name === kernel);
  if (known !== undefined || kernel === undefined)
    return known === undefined ? {} : { kernel: known };
  throw new TypeError(`no kernel "${kernel}": it is one of ${KERNEL_NAMES.join(", ")}`);
}

function nameTasks(lockdep: Lockdep, { processes, scenario }: Model, first: number): void {
  for (const [task, { name, kind }] of processes.entries()) {
    if (kind === "task") lockdep.name_task(first + task, name, FIRST_PID + first + task);
  }
  // The task that a handler interrupts on a CPU where nothing else runs.
  for (let cpu = 0; cpu < Math.max(1, cpuCount(scenario)); cpu++) {
    lockdep.name_task(first + processes.length + cpu, `swapper/${String(cpu)}`, 0);
  }
}
