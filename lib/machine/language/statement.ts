/**
 * Statements of a scenario: kernel code as data, a `step` being what happens at once.
 *
 * Between two steps of a process, any other may run; inside a step, none can.
 */
import type { Effect, FactTemplate } from "./effect.js";
import type { Expr } from "./expr.js";
import type { IdSet } from "./id-set.js";
import type { Variable } from "./variable.js";

/** A place in a source text, counted from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One atomic step: possible when the guard holds. */
export interface Step {
  readonly kind: "step";
  readonly label: string;
  readonly guard: Expr;
  readonly effects: readonly Effect[];
  readonly facts: readonly FactTemplate[];
  /**
   * Whether waiting here forever is fine (an idle loop, a blocked task). A condition must, once it
   * holds, go on to hold until the process moves.
   */
  readonly end: boolean | Expr;
  /** The lock for which this call may sleep, or whose sleepers it may have to wake; null of others. */
  readonly sleeping: SleepingCall | null;
  /** Where the text stands that the step comes from; null of steps that were written as statements. */
  readonly at: SourcePlace | null;
  /** Whether a choice is open until one of the steps behind it is taken. */
  readonly late?: true;
}

/** A call on a lock whose waiters sleep. */
export interface SleepingCall {
  readonly lock: Variable;
  /** What a task that shares its CPU has to call, empty if there is no such call; null if this is that. */
  readonly instead: string | null;
}

/** What the body of a process is made of: steps, and what decides which of them comes next. */
export type Statement =
  | Step
  /** Facts alone: seen by lockdep, no step of the machine. */
  | { readonly kind: "annotate"; readonly facts: readonly FactTemplate[] }
  | {
      readonly kind: "choose";
      readonly set: IdSet;
      readonly name: string;
      readonly step: Step;
    }
  | {
      readonly kind: "if";
      readonly test: Expr;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  | { readonly kind: "while"; readonly test: Expr | null; readonly body: readonly Statement[] }
  /** Rounds of the body until an exit can be taken, whose statements are outside of the loop. */
  | { readonly kind: "until"; readonly exits: readonly Exit[]; readonly body: readonly Statement[] }
  | { readonly kind: "either"; readonly arms: readonly (readonly Statement[])[] }
  | { readonly kind: "call"; readonly name: string; readonly body: readonly Statement[] }
  | { readonly kind: "section"; readonly name: string; readonly body: readonly Statement[] }
  | { readonly kind: "break" | "continue" | "return" }
  | { readonly kind: "label" | "goto"; readonly name: string };

/** A way out of a loop, looked at before each round. */
export interface Exit {
  readonly test: Expr;
  readonly then: readonly Statement[];
  /** Whether another round may be made even so: a time that may be up. */
  readonly may: boolean;
}
