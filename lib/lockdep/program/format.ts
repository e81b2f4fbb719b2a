/**
 * Lock programs: what some tasks do, as a list of short operations.
 *
 * The formats are those of test/oracle/README.md, whose programs a real kernel has answered: the
 * first has one task and `Lockdep`'s first report as its answer, the extended one every call that
 * lockdep has and all that it says.
 */
import type { ReadMode } from "../../primitives/event.js";

/** Which locks share a key: a number, `"DN"` for dynamic key N, `"-"` for a zeroed map. */
export type ProgramClass = number | `D${number}` | "-";

/** A lock of a program. */
export interface LockProgramLock {
  readonly name: string;
  readonly class: ProgramClass;
  /** The letters of its type; see lock-types.ts. */
  readonly type: string;
  /** True for a name string of its own, not the one that the locks of its class share. */
  readonly own?: boolean;
}

/** The kind of holder that `lock_is_held_type()` and the asserts ask for. */
export type HeldBy = "any" | "reader" | "writer";

/** What an assert is about, apart from locks. */
export type ContextAssert =
  "none-held" | "irqs-disabled" | "irqs-enabled" | "in-irq" | "in-softirq" | "no-hardirq";

/** One operation; locks are indices into the program's list. */
export type LockProgramOp =
  | {
      readonly kind: "acquire";
      readonly lock: number;
      readonly subclass: number;
      readonly read: ReadMode;
      readonly trylock: boolean;
      /** True by default. */
      readonly check?: boolean;
      readonly nest: number | null;
      /** How often; 1 by default. */
      readonly times?: number;
    }
  | { readonly kind: "release" | "downgrade" | "reset"; readonly lock: number }
  | {
      readonly kind: "sync";
      readonly lock: number;
      readonly subclass: number;
      readonly read: ReadMode;
      readonly check: boolean;
    }
  | { readonly kind: "set-subclass"; readonly lock: number; readonly subclass: number }
  | {
      readonly kind: "set-class";
      readonly lock: number;
      readonly class: ProgramClass;
      readonly subclass: number;
    }
  | {
      readonly kind: "init";
      readonly lock: number;
      /** The class whose key and name it gets; null for its own. */
      readonly class: ProgramClass | null;
      readonly subclass: number;
    }
  | { readonly kind: "novalidate" | "notrack"; readonly lock: number }
  | { readonly kind: "pin" | "unpin" | "unpin-wrongly" | "repin"; readonly lock: number }
  | { readonly kind: "is-held"; readonly lock: number; readonly by: HeldBy }
  | { readonly kind: "assert-held"; readonly lock: number; readonly by: HeldBy }
  | { readonly kind: "assert-not-held"; readonly lock: number }
  | { readonly kind: "assert"; readonly what: ContextAssert }
  | { readonly kind: "register-key" | "unregister-key"; readonly key: number }
  | { readonly kind: "freed"; readonly lock: number; readonly count: number }
  | { readonly kind: "compare"; readonly lock: number; readonly print: boolean }
  | { readonly kind: "irq-config"; readonly value: number }
  | { readonly kind: "run-on"; readonly task: number }
  | { readonly kind: PlainOp };

/** Operations without operands. */
export type PlainOp =
  | "irqs-off"
  | "irqs-on"
  | "bh-off"
  | "bh-on"
  | "hardirq-enter"
  | "hardirq-exit"
  | "softirq-enter"
  | "softirq-exit"
  | "nmi-enter"
  | "nmi-exit"
  | "threaded"
  | "lockdep-off"
  | "lockdep-on"
  | "exit"
  | "sys-exit"
  | "episode";

/** A program that has been read. */
export interface LockProgram {
  readonly id: string;
  readonly locks: readonly LockProgramLock[];
  readonly ops: readonly LockProgramOp[];
  /** Which format it is of; null where it could be of either. */
  readonly format?: "first" | "extended" | null;
}
