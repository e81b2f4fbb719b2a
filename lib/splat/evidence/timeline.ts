/** The unsafe scenario as steps in time: what each CPU holds, and what it waits for in the end. */
import type { SomeParts, SplatReport } from "../report/index.js";
import type { SplatEdge } from "./edges/edge.js";
import { edgesOf } from "./edges/edges.js";

/** One step of a scenario. */
export interface TimelineStep {
  readonly cpu: number;
  readonly op: string;
  readonly lock: string | null;
  /** What the CPU holds before the step, outermost first. */
  readonly holds: readonly string[];
  /** The CPU that has the lock already, so that this one waits for it; null where it is free. */
  readonly waitsFor: number | null;
  /** True where a further task stands in between: the kernel draws no more than two CPUs. */
  readonly indirect: boolean;
  readonly inInterrupt: boolean;
  /** True for a wait that follows from the others and that the kernel's table leaves out. */
  readonly added: boolean;
}

/** A scenario in time. */
export interface Timeline {
  readonly cpus: number;
  readonly steps: readonly TimelineStep[];
  /** True where a row's CPU had to be told from its place in the scenario. */
  readonly guessed: boolean;
}

/** Rows of `print_irq_lock_scenario()`, of which the first may be lost. */
const rowsOfInterrupt = 5;

/**
 * Returns the timeline of a report's scenario, or null where it has none.
 *
 * @param edges of the report, where they are known already
 */
export function timelineOf(
  report: SplatReport,
  edges: readonly SplatEdge[] = edgesOf(report),
): Timeline | null {
  const { scenario }: SomeParts = report;
  if (scenario === null || scenario === undefined) return null;
  // Of the long one a few rows alone do not tell who takes and who waits.
  if (scenario.interrupt && scenario.rows.length < rowsOfInterrupt) return null;
  const holds = new Map<number, string[]>();
  const interrupted = new Set<number>();
  let guessed = false;
  const steps = scenario.rows.map((row, at): TimelineStep => {
    const cpu = row.cpu ?? usualCpu(at, scenario.rows.length, scenario.cpus, scenario.interrupt);
    guessed ||= row.cpu === null;
    const own = holds.get(cpu) ?? [];
    if (row.op === "<Interrupt>") interrupted.add(cpu);
    const direct = row.lock === null ? null : holderOf(holds, row.lock);
    // The last lock of a longer circle is held by a task that waits for the other CPU's.
    const last = at === scenario.rows.length - 1 && scenario.cpus > 1 && row.lock !== null;
    const holder = direct ?? (last ? 1 - cpu : null);
    const step: TimelineStep = {
      cpu,
      op: row.op,
      lock: row.lock,
      holds: [...own],
      waitsFor: holder,
      indirect: holder !== null && direct === null,
      inInterrupt: interrupted.has(cpu),
      added: false,
    };
    if (row.lock !== null && holder === null) holds.set(cpu, [...own, row.lock]);
    return step;
  });
  return { cpus: scenario.cpus, steps: finished(edges, steps), guessed };
}

/**
 * `print_irq_lock_scenario()` has room for three locks and leaves out that the other CPU comes to
 * want what the interrupted one holds; without that wait there is no deadlock.
 */
function finished(
  edges: readonly SplatEdge[],
  steps: readonly TimelineStep[],
): readonly TimelineStep[] {
  const [first] = steps;
  const at = steps.findIndex(({ op }) => op === "<Interrupt>");
  const last = steps.slice(0, Math.max(at, 0)).findLast(({ cpu }) => cpu !== first?.cpu);
  if (first?.lock == null || last?.lock == null) return steps;
  if (steps.some(({ cpu, waitsFor }) => cpu !== first.cpu && waitsFor === first.cpu)) return steps;
  const direct = edges.some(({ from, to }) => from === last.lock && to === first.lock);
  const wait: TimelineStep = {
    cpu: last.cpu,
    op: "lock",
    lock: first.lock,
    holds: [...last.holds, last.lock],
    waitsFor: first.cpu,
    indirect: !direct,
    inInterrupt: false,
    added: true,
  };
  return [...steps.slice(0, at), wait, ...steps.slice(at)];
}

function holderOf(holds: ReadonlyMap<number, readonly string[]>, lock: string): number | null {
  for (const [cpu, locks] of holds) if (locks.includes(lock)) return cpu;
  return null;
}

/** The kernel prints the first row and, from the interrupt or the last lock on, the last ones left. */
function usualCpu(at: number, rows: number, cpus: number, interrupt: boolean): number {
  if (cpus === 1 || at === 0) return 0;
  const last = interrupt ? rows - 2 : rows - 1;
  return at >= last ? 0 : 1;
}
