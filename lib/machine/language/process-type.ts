/** What a process is: who runs, where, and what it does. */
import type { Expr } from "./expr.js";
import type { IdSet } from "./id-set.js";
import type { Statement } from "./statement.js";
import type { Variable } from "./variable.js";

/** A process, or one for each member of a set. */
export interface Process {
  readonly name: string;
  /** A device may fall silent forever; any other process that stops outside an end state is stuck. */
  readonly kind: "task" | "hardirq" | "softirq" | "device";
  /** The set with one process for each member; null for a single process. */
  readonly over: IdSet | null;
  /** The name by which the body knows its member. */
  readonly me: string;
  /** The CPU that runs it, `home` if it is all the same which; null for a device. */
  readonly cpu: Expr | null;
  /** What must hold for any of its steps: it has the CPU and nothing runs above it. */
  readonly runs: Expr;
  /** Whether the CPU is its own, interrupted or not: a task is, a handler is a guest of one. */
  readonly hasCpu: Expr;
  readonly body: readonly Statement[];
  /**
   * Variables that no other process reads or writes, one element for each member. Steps on these alone
   * take no time: they are done with the step before.
   */
  readonly locals?: readonly Variable[];
  /** True of the process that chooses with which values a scenario begins. */
  readonly chooses?: true;
  /** What is run where the body ends; then the process waits forever. */
  readonly exit?: readonly Statement[];
}
