/** The parts of which reports of different kinds are made. */
import type { StackFrame } from "./code.js";
import type { LockMention } from "./lock.js";

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

/** What a work item changed, as `process_one_work()` counts it since 6.10: before and after. */
export interface LeakedCounts {
  /** What is left of the preempt count. */
  readonly preempt: number;
  readonly locks: readonly [before: number, after: number];
  readonly rcu: readonly [before: number, after: number];
}

/** What a suspicious RCU usage says. */
export interface RcuFacts {
  readonly file: string | null;
  readonly lineNumber: number | null;
  readonly what: string | null;
  readonly schedulerActive: number | null;
  readonly debugLocks: number | null;
  /** Where RCU did not watch the CPU: `idle CPU`, `offline CPU` or `extended quiescent state`. */
  readonly illegalFrom: string | null;
}
