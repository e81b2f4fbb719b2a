/**
 * The code of the three paths as a value, so that a fix, a mutant or a change is a function from code to code.
 */
import type { Expr, LockRef, Operand, Process, Scheduler, Statement } from "../../machine/index.js";

/** Takes or drops the wakeup lock of a CPU. */
export type OnCpu = (cpu: Operand) => readonly Statement[];
/** Does something about a vCPU. */
export type OnVcpu = (vcpu: Expr) => readonly Statement[];

/** What a path may need beside the code: the scheduler that runs it. */
export interface Kernel extends Code {
  readonly sched: Scheduler;
}

/** Statements that need the scheduler: locks of tasks and run queues, wakeups. */
export type Inside = (vcpu: Expr, kernel: Kernel) => readonly Statement[];

/** `pi_wakeup_handler()` */
export interface HandlerCode {
  readonly lock: OnCpu;
  readonly unlock: OnCpu;
  /**
   * `locked`: walk and wake under the lock. `collect`: collect under the lock, wake after it.
   * `rcu`: walk and wake under `rcu_read_lock()`.
   */
  readonly walk: "locked" | "collect" | "rcu";
  /** Just before and after `kvm_vcpu_wake_up()`. */
  readonly beforeWake: Inside;
  readonly afterWake: Inside;
}

/** `pi_enable_wakeup_handler()`, which sched_out calls. */
export interface SchedOutCode {
  readonly lock: OnCpu;
  readonly unlock: OnCpu;
  /** Inside the wakeup lock, after `list_add_tail()`. */
  readonly inside: Inside;
  /** Whether it switches IRQs off by itself. */
  readonly savesIrqs: boolean;
  /** Whose lock, list and NDST it uses: those of `vcpu->cpu`, or of any other CPU. */
  readonly cpu: "own" | "remote";
  readonly order: "list, then NV" | "NV, then list";
  /** Whether ON is tested after NV was set. */
  readonly testsOn: boolean;
}

/** `vmx_vcpu_pi_load()`, which sched_in calls. */
export interface SchedInCode {
  readonly lock: OnCpu;
  readonly unlock: OnCpu;
  /** Before the wakeup lock. */
  readonly before: Inside;
  /** Inside the wakeup lock, after `list_del()`. */
  readonly inside: Inside;
  /** Whether it skips `list_del()` when the lock is taken. */
  readonly trylock: ((cpu: Operand, then: readonly Statement[]) => Statement) | null;
  /** Whether it runs before `rq->__lock` is dropped. */
  readonly underRq: boolean;
  /** Whether `vcpu->cpu` is updated. */
  readonly updatesCpu: boolean;
}

/** All that a scenario of the case is made of. */
export interface Code {
  /** Whether `schedule()` runs with IRQs off. */
  readonly scheduleIrqsOff: boolean;
  /** One run-queue lock for all CPUs. */
  readonly coreScheduling: boolean;
  /** Whether a vCPU's task can be preempted wherever IRQs are on. */
  readonly preemptible: boolean;
  /** Whether a vCPU may exit and be freed at once. */
  readonly exits: boolean;
  readonly wakeupLock: (cpu: Operand) => LockRef;
  readonly handler: HandlerCode;
  readonly schedOut: SchedOutCode;
  readonly schedIn: SchedInCode;
  /** Further paths of the vCPU's task, each taken between two runs of the guest. */
  readonly hostPaths: readonly OnVcpu[];
  /** What else may happen on an idle CPU. */
  readonly idlePaths: readonly ((cpu: Expr, kernel: Kernel) => readonly Statement[])[];
  /** Further handlers and devices. */
  readonly others: readonly ((kernel: Kernel) => readonly Process[])[];
  /** Taken once before all else when lockdep looks at the paths one by one. */
  readonly boot: readonly Statement[];
}
