/** Events of a trace of locks. */
import type { StackFrame } from "../report/index.js";

/** Which task did it, when, and on which stack. */
interface Traced {
  readonly line: number;
  readonly comm: string;
  readonly pid: number;
  readonly cpu: number;
  /** Seconds, as printed. */
  readonly time: string;
  /** `d..1.` of ftrace: interrupts, what runs; null where the trace has none. */
  readonly flags: string | null;
  /** Innermost first; empty where the trace has none. */
  readonly frames: readonly StackFrame[];
}

/** One event; other events of the trace are left out. */
export type TraceEvent = Traced &
  (
    | {
        readonly kind: "acquire";
        readonly address: string;
        readonly name: string;
        readonly trylock: boolean;
        readonly read: boolean;
      }
    | { readonly kind: "release"; readonly address: string; readonly name: string }
    | { readonly kind: "enter" | "exit"; readonly context: "hardirq" | "softirq" }
    | { readonly kind: "irqs"; readonly on: boolean }
  );

/** A trace as read. */
export interface LockTrace {
  readonly events: readonly TraceEvent[];
  /** Events that the tracer says it lost; null where it does not say how many. */
  readonly lost: readonly { readonly line: number; readonly count: number | null }[];
  /** Lock events whose rest was not understood. */
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

/** A lock that a task holds. */
export interface HeldInTrace {
  readonly address: string;
  readonly name: string;
  readonly subclass: number;
  readonly trylock: boolean;
  readonly depth: number;
  readonly frames: readonly StackFrame[];
}
