/** What a printed lockdep report says, as far as it could be recovered. */
import type { SplatKind } from "./read/kinds.js";

/** A place in the code as the kernel or a symboliser printed it. */
export interface CodeSite {
  /** As printed, such as `[<ffffffff81938722>] fuse_lock_inode+0xa2/0xd0`. */
  readonly raw: string;
  /** The address before the symbol (up to 4.15), or null. */
  readonly ip: string | null;
  /** The function, or null where only an address was printed. */
  readonly symbol: string | null;
  /** Such as `0xa2/0xd0`. */
  readonly offset: string | null;
  readonly module: string | null;
  /** Such as `fs/fuse/inode.c:120`. */
  readonly location: string | null;
  /** True where a symboliser added the line for a function that was inlined. */
  readonly inlined: boolean;
}

/** A line of a stack. */
export interface StackFrame extends CodeSite {
  readonly line: number;
  /** Marked with `?`: found on the stack, perhaps of an earlier call. */
  readonly unsure: boolean;
}

/** A lock as the report mentions it. */
export interface LockMention {
  readonly name: string;
  /** The characters between the braces; 4, 6 or 8 of them, by version. */
  readonly usage: string;
  /** Wait types `outer:inner`, or null before 5.7. */
  readonly wait: string | null;
  readonly addr: string | null;
  /** Where it was taken, or null where the report does not say. */
  readonly at: CodeSite | null;
  /** The functions that the innermost was inlined into, outwards. */
  readonly inlinedIn: readonly CodeSite[];
  readonly line: number;
}

/** A lock of the list of held ones. */
export interface HeldMention extends LockMention {
  /** The N of `#N`. */
  readonly index: number;
}

/** `-> #N (name){usage}:` with the stack that taught the dependency. */
export interface ChainLink {
  readonly index: number;
  readonly lock: LockMention;
  readonly frames: readonly StackFrame[];
}

/** A row of an unsafe locking scenario. */
export interface SplatRow {
  /** Null where the columns were lost. */
  readonly cpu: number | null;
  readonly op: string;
  readonly lock: string | null;
}

/** The unsafe locking scenario. */
export interface SplatScenario {
  /** True under the headline `Possible interrupt unsafe locking scenario`, whatever the rows are. */
  readonly interrupt: boolean;
  readonly cpus: number;
  readonly rows: readonly SplatRow[];
  readonly line: number;
}

/** A usage state and the stack on which it was first seen. */
export interface UsageState {
  readonly state: string;
  readonly frames: readonly StackFrame[];
}

/** `-> (name){usage} ops: N { ... }`: a class on the way between two usages. */
export interface UsageBlock {
  /** On the way from the irq-safe lock, to the irq-unsafe one, or between the two of an inversion. */
  readonly group: "safe" | "unsafe" | "inversion";
  readonly lock: LockMention;
  readonly ops: number | null;
  readonly states: readonly UsageState[];
  /** Symbol of the lock class key. */
  readonly key: string | null;
  readonly acquiredAt: readonly StackFrame[];
}

/** A lock that has become safe or unsafe, and where. */
export interface ConnectedLock {
  readonly lock: LockMention;
  /** Such as `HARDIRQ-irq-safe`. */
  readonly cls: string;
  readonly frames: readonly StackFrame[];
}

/** The other lock of an inversion. */
export interface OtherLock {
  readonly lock: LockMention;
  /** Such as `SOFTIRQ-unsafe`. */
  readonly cls: string;
  readonly direction: "took" | "taken by";
}

/** The kernel that printed the report. */
export interface KernelVersion {
  readonly version: string;
  readonly build: string | null;
  readonly taint: string | null;
  readonly from: "banner" | "CPU line";
}

/** Who was running, and the word by which the report says what it did. */
export interface SplatTask {
  readonly comm: string;
  readonly pid: number;
  readonly action: string;
}

/** The list of held locks. */
export interface HeldLocks {
  readonly count: number;
  readonly comm: string;
  readonly pid: number;
  readonly locks: readonly HeldMention[];
  readonly line: number;
}

/** `CPU: 1 PID: 2 Comm: x ...`. */
export interface CpuLine {
  readonly cpu: string | null;
  readonly uid: string | null;
  readonly pid: number;
  readonly comm: string;
  readonly kernel: string | null;
  readonly build: string | null;
  readonly taint: string | null;
  readonly trailer: string | null;
}

/** What a suspicious RCU usage says. */
export interface RcuFacts {
  readonly file: string | null;
  readonly lineNumber: number | null;
  readonly what: string | null;
  readonly schedulerActive: number | null;
  readonly debugLocks: number | null;
}

/** Something that a report of its kind should say and this one does not. */
export interface Unrecovered {
  /** The line at which it was missed. */
  readonly line: number;
  readonly what: string;
}

/** One report. Null and empty stand for what was not printed or could not be recovered. */
export interface SplatReport {
  readonly kind: SplatKind;
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
  /** `HC0[0]:SC0[0]:HE0:SE1`. */
  readonly irqState: string | null;
  readonly acquiring: LockMention | null;
  readonly holding: LockMention | null;
  /** The lock that is released without being held; its name is null where it was cut off. */
  readonly releasing: { readonly name: string | null; readonly at: CodeSite | null } | null;
  readonly heldInFreed: LockMention | null;
  readonly freedRange: string | null;
  /** True where the task does not hold the lock that it should; its name where it was printed. */
  readonly notHolding: boolean;
  readonly nestLock: string | null;
  readonly chain: readonly ChainLink[];
  readonly chainSummary: readonly string[];
  readonly deadlockBanner: boolean;
  readonly scenario: SplatScenario | null;
  readonly missingNestingNote: boolean;
  readonly held: HeldLocks | null;
  readonly usageFrom: string | null;
  readonly usageTo: string | null;
  readonly registered: UsageState | null;
  readonly irqEventStamp: number | null;
  /** `HARDIRQ`, `SOFTIRQ` or `RECLAIM_FS` of an order or inversion report. */
  readonly irqClass: string | null;
  readonly newDependency: { readonly from: LockMention; readonly to: LockMention } | null;
  readonly connectsSafe: ConnectedLock | null;
  readonly connectsUnsafe: ConnectedLock | null;
  readonly other: OtherLock | null;
  readonly usageBlocks: readonly UsageBlock[];
  /** Wait context `outer:inner`. */
  readonly context: string | null;
  readonly rcu: RcuFacts | null;
  readonly lastFunction: string | null;
  /** `kernel/locking/lockdep.c:5236` of a warning of lockdep itself. */
  readonly warnAt: string | null;
  readonly cpuLine: CpuLine | null;
  readonly hardware: string | null;
  readonly hasStackBacktrace: boolean;
  readonly backtrace: readonly StackFrame[];
  /** Lines of other printing contexts between. */
  readonly strangers: number;
  /** Some line had characters written as entities of a web page. */
  readonly escaped: boolean;
  /** Lines that were wrapped or printed in pieces and had to be joined. */
  readonly joined: number;
  readonly unrecovered: readonly Unrecovered[];
}
