/**
 * What lockdep has to say, as a value: printing it is `lib/splat/print`, drawing it is `lib/views`.
 *
 * Follows the `print_*_bug()` functions of kernel/locking/lockdep.c: each kind carries what its
 * printer needs, with the place (the functions of the model) where each fact was learnt.
 */
import type { WaitType } from "../../primitives/lock.js";
import type {
  ChainStep,
  ClassView,
  HeldLockView,
  IrqStateView,
  IrqTraceView,
  PathStep,
  Scenario,
  Stack,
  TaskView,
  UsageView,
} from "./report-parts.js";

export type * from "./report-parts.js";

/** What every report has. */
export interface ReportBase {
  readonly task: TaskView;
  /** Where it was noticed: what the kernel prints as `stack backtrace:`. */
  readonly stack: Stack;
  /** The locks that the task holds, outermost first; the one being taken is not among them. */
  readonly held: readonly HeldLockView[];
  readonly irq: IrqStateView;
}

/** Taking `acquiring` while holding `holding` closes a circle. */
export interface CircularReport extends ReportBase {
  readonly kind: "circular";
  readonly acquiring: HeldLockView;
  readonly holding: HeldLockView;
  /** From `#0`, the lock being taken, to `#N`, the one held; the kernel prints it reversed. */
  readonly chain: readonly ChainStep[];
  readonly scenario: Scenario;
}

/** A lock of a class that the task already holds. */
export interface RecursiveReport extends ReportBase {
  readonly kind: "recursive";
  readonly acquiring: HeldLockView;
  readonly holding: HeldLockView;
  /** What the class's comparison says to `holding` and `acquiring`. */
  readonly compared?: number;
  readonly scenario: Scenario;
}

/** One class is used in an interrupt and held with that interrupt enabled. */
export interface InconsistentReport extends ReportBase {
  readonly kind: "inconsistent";
  readonly lock: HeldLockView;
  /** The earlier usage and where it was registered. */
  readonly before: UsageView;
  /** The usage state that came now. */
  readonly now: string;
  readonly irqTrace: IrqTraceView;
  readonly scenario: Scenario;
}

/** A lock got a usage that contradicts one of a lock on a path from or to it. */
export interface IrqInversionReport extends ReportBase {
  readonly kind: "irq-inversion";
  readonly lock: HeldLockView;
  /** True: `lock` became safe and took an unsafe one; false: it became unsafe under a safe one. */
  readonly forwards: boolean;
  /** Such as `HARDIRQ` or `SOFTIRQ-READ`. */
  readonly irqClass: string;
  readonly other: ClassView;
  /** From `other` back to `lock`, as printed. */
  readonly path: readonly PathStep[];
  readonly scenario: Scenario;
}

/** A new dependency leads from an irq-safe lock to an irq-unsafe one. */
export interface IrqSafeUnsafeReport extends ReportBase {
  readonly kind: "irq-safe-unsafe";
  readonly acquiring: HeldLockView;
  readonly holding: HeldLockView;
  readonly irqClass: string;
  readonly safe: ClassView;
  readonly becameSafe: UsageView;
  readonly unsafe: ClassView;
  readonly becameUnsafe: UsageView;
  readonly safePath: readonly PathStep[];
  readonly unsafePath: readonly PathStep[];
  readonly scenario: Scenario;
}

/** The lock may sleep or wait longer than its surroundings allow. */
export interface WaitContextReport extends ReportBase {
  readonly kind: "wait-context";
  readonly acquiring: HeldLockView;
  /** The wait type of the surroundings: `context-{x:x}`. */
  readonly context: WaitType;
}

/** The task releases (or downgrades, or reclassifies) what it does not hold. */
export interface BadUnlockReport extends ReportBase {
  readonly kind: "bad-unlock";
  /** Name of the lock, without version and subclass. */
  readonly name: string;
  readonly instance: string;
}

/** The lock that should make the nesting safe is not held. */
export interface NestedNotTakenReport extends ReportBase {
  readonly kind: "nested-not-taken";
  readonly acquiring: HeldLockView;
  readonly nestLock: string;
}

/** Memory with a held lock in it is freed, or the lock is initialised again. */
export interface HeldFreedReport extends ReportBase {
  readonly kind: "held-freed";
  readonly lock: HeldLockView;
}

/** Locks are held on the way back to user space. */
export interface UserSpaceReport extends ReportBase {
  readonly kind: "user-space";
}

/** A task ends with locks held. */
export interface StillHeldReport extends ReportBase {
  readonly kind: "still-held";
}

/** One of lockdep's tables is full. */
export interface LimitReport extends ReportBase {
  readonly kind: "limit";
  readonly limit: LimitName;
  /** The size of the table that was too low. */
  readonly max: number;
}

/** The tables whose size is limited, by the kernel's names. */
export type LimitName =
  | "MAX_LOCK_DEPTH"
  | "MAX_LOCKDEP_KEYS"
  | "MAX_LOCKDEP_ENTRIES"
  | "MAX_LOCKDEP_CHAINS"
  | "MAX_LOCKDEP_CHAIN_HLOCKS"
  | "MAX_STACK_TRACE_ENTRIES";

/** The breadth-first search ran out of queue: `lockdep bfs error:-1`. */
export interface BfsErrorReport extends ReportBase {
  readonly kind: "bfs-error";
  /** The size of the queue that was too low. */
  readonly max: number;
}

/** `BUG: looking up invalid subclass: N`. */
export interface InvalidSubclassReport extends ReportBase {
  readonly kind: "invalid-subclass";
  readonly subclass: number;
}

/** `INFO: trying to register non-static key.` */
export interface NonStaticKeyReport extends ReportBase {
  readonly kind: "non-static-key";
  readonly name: string;
}

/** A `DEBUG_LOCKS_WARN_ON()` of lockdep itself: its callers broke its own rules. */
export interface DebugLocksWarnReport extends ReportBase {
  readonly kind: "debug-locks-warn";
  /** The condition as the kernel's source spells it. */
  readonly condition: string;
  /** The kernel function that checks it. */
  readonly in: string;
  /** What the kernel prints before it, such as `BUG: key ... has not been registered!`. */
  readonly preamble: string | null;
}

/** A `WARN()` that leaves lockdep on, such as `releasing a pinned lock` or a failed assert. */
export interface WarnReport extends ReportBase {
  readonly kind: "warn";
  /** The message, or the condition of a `WARN_ON()`. */
  readonly message: string;
  /** True for a `WARN_ON()`, which the kernel prints without a message. */
  readonly bare: boolean;
  /** The kernel function that warns. */
  readonly in: string;
}

/** The kernel dies: it uses a class that was zapped while a task held a lock of it. */
export interface OopsReport extends ReportBase {
  readonly kind: "oops";
  /** The kernel function that follows a NULL pointer. */
  readonly in: string;
}

/** Everything that lockdep can report. */
export type Report =
  | CircularReport
  | RecursiveReport
  | InconsistentReport
  | IrqInversionReport
  | IrqSafeUnsafeReport
  | WaitContextReport
  | BadUnlockReport
  | NestedNotTakenReport
  | HeldFreedReport
  | UserSpaceReport
  | StillHeldReport
  | LimitReport
  | BfsErrorReport
  | InvalidSubclassReport
  | NonStaticKeyReport
  | DebugLocksWarnReport
  | WarnReport
  | OopsReport;

/** The name of a kind of report. */
export type ReportKind = Report["kind"];
