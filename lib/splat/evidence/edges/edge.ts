/** A dependency that a report tells of. */
import type { StackFrame } from "../../report/index.js";

/** `from` was held when `to` was taken. */
export interface SplatEdge {
  /** Name of the class, with `#N` and `/N`. */
  readonly from: string;
  readonly to: string;
  /** `now`: the step that made lockdep speak; `earlier`: known before. */
  readonly learnt: "earlier" | "now";
  /** The stack on which it was learnt, innermost first; empty where it was not printed. */
  readonly frames: readonly StackFrame[];
  /**
   * Null for an edge between the two classes themselves. Else other classes lie between that the
   * report does not name, or may lie there, and the stack is that of the last step.
   */
  readonly gap: SplatGap | null;
}

/** How many classes lie between the ends of what is no single edge. */
export interface SplatGap {
  readonly least: number;
  /** Null where the report does not tell. */
  readonly most: number | null;
}

/** An edge between two classes themselves. */
export const direct = (
  from: string,
  to: string,
  learnt: SplatEdge["learnt"],
  frames: readonly StackFrame[],
): SplatEdge => ({ from, to, learnt, frames, gap: null });
