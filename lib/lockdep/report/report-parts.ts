/** What lockdep's reports are made of: stacks, classes, held locks, usages, scenarios, IRQ state. */
import type { ReadMode } from "../../primitives/event.js";
import type { WaitType } from "../../primitives/lock.js";

/** The functions on the stack, innermost first. */
export type Stack = readonly string[];

/** A lock class, as it was at the moment of the report. */
export interface ClassView {
  /** Index of the class, in the order of registration, from 0. */
  readonly index: number;
  /** The name as printed: `#N` from the second class of a name on, `/N` for a subclass. */
  readonly name: string;
  /** The `lock_class_key` that the class belongs to. */
  readonly key: string;
  /** 0 to 7. */
  readonly subclass: number;
  /** The four characters between the braces, such as `-.-.`. */
  readonly usage: string;
  /** `wait_type_outer`, or the inner one where that is 0: the `x` of `-{x:y}`. */
  readonly waitOuter: WaitType;
  /** `wait_type_inner`: the `y` of `-{x:y}`. */
  readonly waitInner: WaitType;
}

/** A held lock, or one that is being taken. */
export interface HeldLockView {
  readonly class: ClassView;
  /** Id of the instance; printed where the kernel prints an address. */
  readonly instance: string;
  /** Where it was taken: the kernel prints the innermost function after `at:`. */
  readonly at: Stack;
  readonly read: ReadMode;
  readonly trylock: boolean;
  /** Bit 0 softirq, bit 1 hardirq: what the lock was taken in. */
  readonly irqContext: number;
  /** What the class's print function adds to the name. */
  readonly printed?: string;
  /** How many locks of the class the entry stands for under a nest lock; 0 for a plain one. */
  readonly references: number;
}

/** A usage state of a class and where the class first got it. */
export interface UsageView {
  /** Such as `HARDIRQ-ON-W`, `IN-SOFTIRQ-R` or `INITIAL USE`. */
  readonly state: string;
  readonly stack: Stack;
}

/** A step of a circle: `-> #N (name){usage}-{x:y}:` and the stack that taught it. */
export interface ChainStep {
  readonly class: ClassView;
  readonly stack: Stack;
}

/** A class on a path between two usages: its states, and where the step to it was learnt. */
export interface PathStep {
  readonly class: ClassView;
  /** How deep the kernel indents it: the distance to the root of the search. */
  readonly depth: number;
  readonly usages: readonly UsageView[];
  /** Null where the kernel prints no `... acquired at:`. */
  readonly acquiredAt: Stack | null;
}

/** One line of a scenario. */
export type ScenarioRow =
  | { readonly cpu: 0 | 1; readonly op: "lock" | "rlock" | "sync"; readonly lock: string }
  | { readonly cpu: 0 | 1; readonly op: "local_irq_disable" | "<Interrupt>" };

/** The `Possible ... unsafe locking scenario`. */
export interface Scenario {
  /** True for `Possible interrupt unsafe locking scenario`. */
  readonly interrupt: boolean;
  readonly cpus: 1 | 2;
  /** The three names of `Chain exists of:`, or null where two locks say it all. */
  readonly chain: readonly [string, string, string] | null;
  /** Rows after an `<Interrupt>` on the same CPU are inside of it. */
  readonly rows: readonly ScenarioRow[];
}

/** The task that ran when the report came. */
export interface TaskView {
  /** Number of the task in the model. */
  readonly id: number;
  readonly comm: string;
  readonly pid: number;
  readonly cpu: number;
}

/** `[HC%u[%lu]:SC%u[%lu]:HE%u:SE%u]`. */
export interface IrqStateView {
  readonly hardirqContext: number;
  readonly hardirqCount: number;
  readonly softirqContext: number;
  readonly softirqCount: number;
  readonly hardirqsEnabled: boolean;
  readonly softirqsEnabled: boolean;
}

/** The last time interrupts were switched, numbered among all such events of the task. */
export interface IrqTraceView {
  readonly stamp: number;
  readonly hardirqsEnabled: IrqSwitch;
  readonly hardirqsDisabled: IrqSwitch;
  readonly softirqsEnabled: IrqSwitch;
  readonly softirqsDisabled: IrqSwitch;
}

export interface IrqSwitch {
  readonly event: number;
  readonly at: Stack;
}
