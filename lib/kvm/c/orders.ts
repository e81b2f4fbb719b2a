/** Orders in which the paths first run, and what lockdep says to one and to several. */
import type { Lockdep, Report } from "../../lockdep/index.js";

/** sched_out, wakeup handler, sched_in, and whatever path is new. */
export type PathLetter = "o" | "w" | "i" | "n";

/** The orders in which a real kernel was asked: `owin`, `wion`, `nowi`. */
export const kernelOrders: readonly (readonly PathLetter[])[] = [
  ["o", "w", "i", "n"],
  ["w", "i", "o", "n"],
  ["n", "o", "w", "i"],
];

/** What lockdep says to one order of first runs. */
export interface OrderVerdict {
  /** Such as `owin`. */
  readonly order: string;
  /** The first complaint of the validator itself; a `WARN()` that leaves lockdep on is not one. */
  readonly kind: Report["kind"] | null;
  readonly report: Report | null;
  /** What `lockdep_assert_*()` warned about before. */
  readonly warnings: readonly string[];
  readonly lockdep: Lockdep;
}

/**
 * Who woke tasks before the first vCPU ran. A kernel that has booted has seen all three, so that lockdep
 * knows pi_lock and rq->__lock in hardirqs and softirqs: `{-.-.}`.
 */
export type BootWake = "task" | "hardirq" | "softirq";

/** What every kernel has seen. */
export const booted: readonly BootWake[] = ["task", "hardirq", "softirq"];

/** Returns what a lockdep that has seen the paths in an order says. */
export function verdictOf(lockdep: Lockdep, order: readonly PathLetter[]): OrderVerdict {
  const report = lockdep.reports.find(({ kind }) => kind !== "warn") ?? null;
  const warnings = lockdep.reports.flatMap((r) => (r.kind === "warn" ? [r.message] : []));
  return { order: order.join(""), kind: report?.kind ?? null, report, warnings, lockdep };
}

/** What lockdep says to a code in every order in which a real kernel was asked. */
export interface OrdersVerdict {
  /** The first complaint, of the first order that has one; null if lockdep never complains. */
  readonly report: Report | null;
  readonly kind: Report["kind"] | null;
  readonly orders: readonly Pick<OrderVerdict, "order" | "kind">[];
  /** What lockdep warned about and stayed on, in any order, each once. */
  readonly warnings: readonly string[];
}

/** Returns what the answers to several orders come to. */
export function ordersVerdict(verdicts: readonly OrderVerdict[]): OrdersVerdict {
  const report = verdicts.find((one) => one.report !== null)?.report ?? null;
  const orders = verdicts.map(({ order, kind }) => ({ order, kind }));
  const warnings = [...new Set(verdicts.flatMap((one) => one.warnings))];
  return { report, kind: report?.kind ?? null, orders, warnings };
}
