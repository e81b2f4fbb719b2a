/**
 * The state of one lockdep: what kernel/locking/lockdep.c keeps in its globals, and `current`.
 *
 * The checks, the registry and the acquisition paths are functions over it, one file each.
 */
import { ChainNode } from "./chain.js";
import type { LockClass, LockKey } from "./class.js";
import type { LockdepMap } from "./map.js";
import type { LockdepKernel } from "../kernel/kernel.js";
import type { LockdepLimits } from "../kernel/limits.js";
import type { Report, ReportBase, Stack } from "../report/report.js";
import { Cpu, Task } from "./task.js";
import { baseOf } from "./snapshot.js";
import { TraceStore } from "../report/trace.js";

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
  /** Whether a task held a lock of a class when that was zapped: the kernel will trip over it. */
  dangling = false;
  private readonly once = new Set<string>();

  constructor(
    readonly kernel: LockdepKernel,
    readonly limits: LockdepLimits,
    readonly keepGoing: boolean,
    /** Whether searches whose answer follows from bounds are left out. */
    public shortcuts: boolean,
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
    if (this.keepGoing && subjects.length > 0 && !this.isFirst(same)) return true;
    this.reports.push({ ...finding, ...baseOf(this) });
    this.debugLocks = this.keepGoing;
    return this.debugLocks;
  }

  /** Reports even where lockdep is off, as those places do that print without asking. */
  reportAnyway(finding: Finding): void {
    this.reports.push({ ...finding, ...baseOf(this) });
    this.debugLocks = this.debugLocks && this.keepGoing;
  }

  /** `WARN()`: says so and leaves lockdep on. */
  warn(message: string, where: string): void {
    this.reports.push({ kind: "warn", message, bare: false, in: where, ...baseOf(this) });
  }

  /**
   * `WARN_ONCE()`.
   *
   * @param site what tells the place from others of the function
   */
  warnOnce(message: string, where: string, site = message): void {
    if (this.isFirst(`${where} ${site}`)) this.warn(message, where);
  }

  /** `WARN_ON()`: has no message. */
  warnOn(condition: string, where: string): void {
    this.reports.push({ kind: "warn", message: condition, bare: true, in: where, ...baseOf(this) });
  }

  /** `WARN_ON_ONCE()`. */
  warnOnOnce(condition: string, where: string): void {
    if (this.isFirst(`${where} ${condition}`)) this.warnOn(condition, where);
  }

  private isFirst(site: string): boolean {
    const first = !this.once.has(site);
    this.once.add(site);
    return first;
  }

  /**
   * The kernel follows `hlock_class()` of a class that was zapped: that warns, gives NULL, and the
   * caller dies of it. Nothing is left to go on.
   *
   * @param where the kernel function that uses the NULL
   */
  die(where: string): void {
    this.debugLocksWarn("1", "hlock_class");
    this.reports.push({ kind: "oops", in: where, ...baseOf(this) });
    this.debugLocks = false;
  }

  /** `DEBUG_LOCKS_WARN_ON()` of a condition that is true. */
  debugLocksWarn(condition: string, where: string, preamble: string | null = null): boolean {
    return this.report({ kind: "debug-locks-warn", condition, in: where, preamble });
  }
}
