/** What the pictures of a step player are made from. */
import type { Drawing } from "../draw/card.js";
import type { LockNames } from "../trace/lock-legend.js";
import type { LockdepView } from "../trace/lockdep-along.js";
import type { Trace, TraceState } from "../trace/trace.js";

/** A schedule with all that is shown along it. */
export interface Scene {
  readonly trace: Trace;
  readonly names: LockNames;
  readonly views: readonly LockdepView[];
  readonly graph: (step: number) => Drawing;
  /** The source beside the machine, and above it; null of a trace that comes from no text. */
  readonly source: Readonly<Record<"beside" | "above", (step: number) => Drawing>> | null;
  /** The variables to show. */
  readonly shown: ReadonlySet<string>;
  /** Rows of chips that each CPU needs at most, so that nothing jumps. */
  readonly rows: readonly number[];
}

/** Returns the machine's state after a step. */
export const stateAt = ({ start, steps }: Trace, step: number): TraceState =>
  steps[step - 1]?.after ?? start;
