/**
 * The state of one lockdep: what kernel/locking/lockdep.c keeps in its globals, and `current`.
 *
 * The checks, the registry and the acquisition paths are functions over it, one file each.
 */
import { ChainNode } from "./chain.js";
import type { LockClass, LockKey } from "./class.js";
import type { LockdepMap } from "./map.js";
import type { LockdepLimits } from "./limits.js";
import type { Report, ReportBase, Stack } from "./report.js";
import { Cpu, Task } from "./task.js";
import { baseOf } from "./snapshot.js";
import { TraceStore } from "./trace.js";

/** A report without what every report has. */
export type Finding = Report extends infer R
  ? R extends ReportBase
    ? Omit<R, keyof ReportBase>
    : never
  : never;

/** Counters of `/proc/lockdep_stats` that cannot be read off the graph. */
export interface Counters {
  maxDepth: number;
  maxBfsQueue: number;
  zappedClasses: number;
  zappedChains: number;
  maxClassIndex: number;
}

export class Core {
  debugLocks = true;
  readonly reports: Report[] = [];
  /** Every live class, in the order of registration. */
  readonly classes = new Set<LockClass>();
  nextIndex = 0;
  readonly keys = new Map<string, LockKey>();
  /** The highest `#N` of each name. */
  readonly nameVersions = new Map<string, number>();
  readonly chains = new ChainNode(-1, null);
  chainCount = 0;
  chainHlocks = 0;
  entryCount = 0;
  readonly traces: TraceStore;
  readonly counters: Counters = {
    maxDepth: 0,
    maxBfsQueue: 0,
    zappedClasses: 0,
    zappedChains: 0,
    maxClassIndex: 0,
  };
  /** False once the dependencies have a circle, a harmless one of recursive readers. */
  ordered = true;
  /** Number of the running search. */
  searches = 0;
  task: Task;
  cpu: Cpu;
  /** The functions that led to the running operation, innermost first. */
  stack: Stack = [];
  readonly maps = new Map<string, LockdepMap>();
  readonly tasks = new Map<number, Task>();
  readonly cpus = new Map<number, Cpu>();
  private readonly once = new Set<string>();

  constructor(
    readonly limits: LockdepLimits,
    readonly keepGoing: boolean,
    /** Whether searches whose answer follows from bounds are left out. */
    readonly shortcuts: boolean,
  ) {
    this.traces = new TraceStore(limits.stackTraceEntries);
    this.task = this.taskOf(0);
    this.cpu = this.cpuOf(0);
  }

  taskOf(id: number): Task {
    let task = this.tasks.get(id);
    if (task === undefined) {
      task = new Task(id, "task", id, this.chains);
      this.tasks.set(id, task);
    }
    return task;
  }

  cpuOf(id: number): Cpu {
    let cpu = this.cpus.get(id);
    if (cpu === undefined) {
      cpu = new Cpu(id);
      this.cpus.set(id, cpu);
    }
    return cpu;
  }

  /** `lockdep_enabled()`. */
  get enabled(): boolean {
    return this.debugLocks && this.task.recursion === 0;
  }

  /**
   * Reports and switches lockdep off, as `debug_locks_off()` does, unless it is to go on. Going on,
   * the same finding about the same classes is reported once.
   *
   * @returns whether lockdep goes on
   */
  report(finding: Finding, subjects: readonly LockClass[] = []): boolean {
    if (!this.debugLocks) return false;
    const same = `${finding.kind} ${subjects.map((c) => c.index).join(" ")}`;
    if (this.keepGoing && subjects.length > 0) {
      if (this.once.has(same)) return true;
      this.once.add(same);
    }
    this.reports.push({ ...finding, ...baseOf(this) });
    this.debugLocks = this.keepGoing;
    return this.debugLocks;
  }

  /** `WARN_ONCE()`: says so and leaves lockdep on. */
  warn(message: string, where: string): void {
    const same = `warn ${message} ${where} ${this.stack.join(" ")}`;
    if (this.once.has(same)) return;
    this.once.add(same);
    this.reports.push({ kind: "warn", message, in: where, ...baseOf(this) });
  }

  /** `DEBUG_LOCKS_WARN_ON()` of a condition that is true. */
  debugLocksWarn(condition: string, where: string, preamble: string | null = null): boolean {
    return this.report({ kind: "debug-locks-warn", condition, in: where, preamble });
  }
}
