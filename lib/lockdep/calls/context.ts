/**
 * What a lockdep is switched with: who runs, interrupts, contexts, and whether it watches at all.
 *
 * Follows include/linux/irqflags.h and the switches of include/linux/lockdep.h.
 */
import type { LockMap } from "../../primitives/lock.js";
import { Core } from "../state/core.js";
import * as irq from "./irq-state.js";
import { type KernelName, hasMap, kernelNamed } from "../kernel/kernel.js";
import { KERNEL_LIMITS, type LockdepLimits } from "../kernel/limits.js";
import type { Report, Stack } from "../report/report.js";

/** Which lockdep it is, and how it differs from the kernel's. */
export interface LockdepOptions {
  /** The kernel whose lockdep it is; 6.12 by default. */
  readonly kernel?: KernelName;
  /** LockdepLimits other than the kernel's. */
  readonly limits?: Partial<LockdepLimits>;
  /** Go on after a report, where the kernel switches lockdep off; false by default. */
  readonly keepGoing?: boolean;
  /** Leave out searches whose answer follows from what is known; true by default. */
  readonly shortcuts?: boolean;
}

/** The stack of what no function of the model does. */
export const NOWHERE: Stack = [];

/** The part of a lockdep that knows who runs where, and what it has reported. */
export abstract class LockdepContext {
  protected readonly core: Core;

  /**
   * @param options which kernel, limits, and whether to go on after a report
   * @throws RangeError for a kernel that is none of `KERNEL_NAMES`
   */
  constructor(options: LockdepOptions = {}) {
    const { kernel = "6.12", limits = {}, keepGoing = false, shortcuts = true } = options;
    const all = { ...KERNEL_LIMITS, ...limits };
    this.core = new Core(kernelNamed(kernel), all, keepGoing, shortcuts);
  }

  /** `debug_locks`: false once something was reported, unless lockdep goes on. */
  get debug_locks(): boolean {
    return this.core.debugLocks;
  }

  /** The first report, or null. */
  get report(): Report | null {
    return this.core.reports[0] ?? null;
  }

  /** Every report so far, in order. */
  get reports(): readonly Report[] {
    return this.core.reports;
  }

  /** Whether its kernel has a map: some came with a later release. */
  has_map({ since }: LockMap): boolean {
    return since === undefined || hasMap(this.core.kernel, since);
  }

  /** Whether this CPU's hardirqs are on, as far as lockdep was told. */
  get hardirqs_enabled(): boolean {
    return this.core.cpu.hardirqsEnabled;
  }

  /** Sets who `current` is: the task and the CPU that the next calls are about. */
  run_on(cpu: number, task: number): void {
    const { core } = this;
    if (core.task.id !== task) core.task = core.taskOf(task);
    if (core.cpu.id !== cpu) core.cpu = core.cpuOf(cpu);
  }

  /** Names a task as reports print it: `comm/pid`. */
  name_task(task: number, comm: string, pid: number): void {
    const named = this.core.taskOf(task);
    named.comm = comm;
    named.pid = pid;
  }

  /** `lockdep_off()`: the current task is not watched until the matching `lockdep_on()`. */
  lockdep_off(): void {
    this.core.task.recursion++;
  }

  /** `lockdep_on()`: one that has no `lockdep_off()` before it leaves the task unwatched, too. */
  lockdep_on(): void {
    this.core.task.recursion--;
  }

  /** `local_irq_enable()` and the `lockdep_hardirqs_on()` in it. */
  lockdep_hardirqs_on(ip: Stack): void {
    this.at(ip, irq.irqEnable);
  }

  /** `local_irq_disable()` and the `lockdep_hardirqs_off()` in it. */
  lockdep_hardirqs_off(ip: Stack): void {
    this.at(ip, irq.irqDisable);
  }

  /** `local_bh_enable()`: nests, and switches hardirqs on, whether they were on or not. */
  local_bh_enable(ip: Stack): void {
    this.at(ip, irq.bhEnable);
  }

  /** `local_bh_disable()`. */
  local_bh_disable(ip: Stack): void {
    this.at(ip, irq.bhDisable);
  }

  /** `nmi_enter()`: lockdep is off in an NMI but for one check. */
  nmi_enter(ip: Stack): void {
    this.at(ip, irq.nmiEnter);
  }

  /** `nmi_exit()`. */
  nmi_exit(ip: Stack): void {
    this.at(ip, irq.nmiExit);
  }

  /**
   * `lockdep_hardirq_enter()`: nests.
   *
   * @param threaded whether PREEMPT_RT would run the handler in a thread
   */
  lockdep_hardirq_enter(threaded = false, ip: Stack = NOWHERE): void {
    this.at(ip, (core) => {
      irq.hardirqEnter(core, threaded);
    });
  }

  /** `lockdep_hardirq_threaded()`: PREEMPT_RT would run this handler in a thread. */
  lockdep_hardirq_threaded(): void {
    this.core.task.hardirqThreaded = true;
  }

  /** `current->irq_config`: whether PREEMPT_RT would defer this hrtimer, posix timer or irq_work. */
  set_irq_config(deferred: boolean): void {
    this.core.task.irqConfig = deferred;
  }

  /** `lockdep_hardirq_exit()`; hardirqs stay off until `lockdep_hardirqs_on()`. */
  lockdep_hardirq_exit(): void {
    irq.hardirqExit(this.core);
  }

  /** `lockdep_softirq_enter()`. */
  lockdep_softirq_enter(): void {
    irq.softirqEnter(this.core);
  }

  /** `lockdep_softirq_exit()`. */
  lockdep_softirq_exit(): void {
    irq.softirqExit(this.core);
  }

  /** Runs an operation at a place, unless lockdep is off. */
  protected at(ip: Stack, operation: (core: Core) => void): void {
    this.core.stack = ip;
    if (this.core.debugLocks) operation(this.core);
  }

  /** As `at()`, unless the current task is not watched. */
  protected enter<T>(ip: Stack, operation: (core: Core) => T): T | undefined {
    this.core.stack = ip;
    return this.core.enabled ? operation(this.core) : undefined;
  }
}
