/** One printed lockdep report, as far as it could be recovered: a union by kind. */
import type { CodeSite, StackFrame } from "./code.js";
import type { HeldLocks, LockMention } from "./lock.js";
import type { Aside, CpuLine, KernelVersion, SplatTask, Unrecovered, WorkItem } from "./machine.js";
import type {
  ChainLink,
  LeakedCounts,
  ConnectedLock,
  OtherLock,
  RcuFacts,
  SplatScenario,
  UsageBlock,
  UsageState,
} from "./parts.js";

/** What a report of any kind can say. Null and empty stand for what was not printed or recovered. */
export interface AnySplat {
  /** The banner's words. */
  readonly headline: string;
  /** False where the banner was cut off and the kind was told from the body. */
  readonly hasBanner: boolean;
  /** True where another report of the kernel began before this one was over. */
  readonly interrupted: boolean;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly kernel: KernelVersion | null;
  readonly task: SplatTask | null;
  readonly held: HeldLocks | null;
  readonly irqEventStamp: number | null;
  readonly cpuLine: CpuLine | null;
  readonly hardware: string | null;
  /** The work item that the task ran, where it is a worker. */
  readonly work: WorkItem | null;
  readonly hasStackBacktrace: boolean;
  readonly backtrace: readonly StackFrame[];
  /** Lines of other printing contexts between. */
  readonly strangers: number;
  /** Some line had characters written as entities of a web page. */
  readonly escaped: boolean;
  /** Lines that were wrapped or printed in pieces and had to be joined. */
  readonly joined: number;
  readonly unrecovered: readonly Unrecovered[];
  /** Lines of others, reports of others, what loggers wrote before each line. */
  readonly asides: readonly Aside[];
  /** The lines right before the headline that belong to it, as the message of a warning. */
  readonly lead: readonly string[];
}

/** The locks of a step that lockdep does not like. */
interface Taking {
  /** The lock that is being taken, or was just taken. */
  readonly acquiring: LockMention | null;
}

interface Nesting extends Taking {
  /** The lock under which it is taken. */
  readonly holding: LockMention | null;
}

interface Drawn {
  readonly scenario: SplatScenario | null;
  /** Whether `*** DEADLOCK ***` stands under the scenario. */
  readonly deadlockBanner: boolean;
}

/** `print_circular_bug()`. */
export interface CircularSplat extends AnySplat, Nesting, Drawn {
  readonly kind: "circular";
  readonly chain: readonly ChainLink[];
  /** The three names of `Chain exists of:`. */
  readonly chainSummary: readonly string[];
}

/** `print_deadlock_bug()`. */
export interface RecursiveSplat extends AnySplat, Nesting, Drawn {
  readonly kind: "recursive";
  readonly missingNestingNote: boolean;
}

/** `print_usage_bug()`. */
export interface InconsistentSplat extends AnySplat, Taking, Drawn {
  readonly kind: "inconsistent";
  /** `HC0[0]:SC0[0]:HE0:SE1`. */
  readonly irqState: string | null;
  readonly usageFrom: string | null;
  readonly usageTo: string | null;
  readonly registered: UsageState | null;
}

interface Connected extends Taking, Drawn {
  /** `HARDIRQ`, `SOFTIRQ` or `RECLAIM_FS`. */
  readonly irqClass: string | null;
  readonly chainSummary: readonly string[];
  readonly usageBlocks: readonly UsageBlock[];
}

/** `print_irq_inversion_bug()`. */
export interface InversionSplat extends AnySplat, Connected {
  readonly kind: "irq-inversion";
  readonly other: OtherLock | null;
}

/** `print_bad_irq_dependency()`. */
export interface SafeUnsafeSplat extends AnySplat, Connected, Nesting {
  readonly kind: "irq-safe-unsafe";
  /** `HC0[0]:SC0[0]:HE0:SE1`. */
  readonly irqState: string | null;
  readonly newDependency: { readonly from: LockMention; readonly to: LockMention } | null;
  readonly connectsSafe: ConnectedLock | null;
  readonly connectsUnsafe: ConnectedLock | null;
}

/** `print_lock_invalid_wait_context()`. */
export interface WaitContextSplat extends AnySplat, Taking {
  readonly kind: "wait-context";
  /** Wait context `outer:inner`. */
  readonly context: string | null;
}

/** `print_unlock_imbalance_bug()`. */
export interface BadUnlockSplat extends AnySplat {
  readonly kind: "bad-unlock";
  /** The lock that is released without being held; its name is null where it was cut off. */
  readonly releasing: { readonly name: string | null; readonly at: CodeSite | null } | null;
}

/** `print_lock_nested_lock_not_held()`. */
export interface NestedNotTakenSplat extends AnySplat, Taking {
  readonly kind: "nested-not-taken";
  /** True where the task does not hold the lock that it should; its name where it was printed. */
  readonly notHolding: boolean;
  readonly nestLock: string | null;
}

/** `print_freed_lock_bug()`. */
export interface HeldFreedSplat extends AnySplat {
  readonly kind: "held-freed";
  readonly heldInFreed: LockMention | null;
  readonly freedRange: string | null;
}

/** `lockdep_rcu_suspicious()`. */
export interface RcuUsageSplat extends AnySplat {
  readonly kind: "rcu-usage";
  readonly rcu: RcuFacts | null;
}

/** `process_one_work()` in kernel/workqueue.c. */
export interface LeakedLockSplat extends AnySplat {
  readonly kind: "wq-leaked-lock";
  readonly lastFunction: string | null;
  /** Null before 6.10. */
  readonly counts: LeakedCounts | null;
}

/** A `WARN()`: of lockdep itself, of the debugging of another lock, of an assertion about locks. */
export interface WarningSplat extends AnySplat {
  readonly kind: "debug-locks-warn" | "lock-debug" | "warn";
  /** `kernel/locking/lockdep.c:5236`, where it was raised. */
  readonly warnAt: string | null;
  /** The function in which it was raised. */
  readonly warnIn: string | null;
  /** What had to hold, or must not, as the source has it; null where it was not printed. */
  readonly condition: string | null;
}

/** Reports that are a headline, what is held, and a stack. */
export interface PlainSplat extends AnySplat {
  readonly kind:
    | "user-space"
    | "still-held"
    | "non-static-key"
    | "limit"
    | "bfs-error"
    | "invalid-subclass"
    | "bad-contention";
}

/** One report. */
export type SplatReport =
  | CircularSplat
  | RecursiveSplat
  | InconsistentSplat
  | InversionSplat
  | SafeUnsafeSplat
  | WaitContextSplat
  | BadUnlockSplat
  | NestedNotTakenSplat
  | HeldFreedSplat
  | RcuUsageSplat
  | LeakedLockSplat
  | WarningSplat
  | PlainSplat;

type PartsOf<Report> = Report extends unknown ? Omit<Report, "kind"> : never;
type Both<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** Every part that a report of some kind has. */
export type EveryPart = Both<PartsOf<SplatReport>>;

/** A report of any kind, seen by its parts: those of other kinds are absent. */
export type SomeParts = Partial<EveryPart>;
