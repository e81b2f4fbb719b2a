/** What lockdep hears of a fix with a bug: whether there is an order in which it says nothing. */
import type { OrderVerdict } from "../c/orders.js";
import type { PathsOnce } from "../c/paths-once.js";
import { heardOf } from "./heard.js";
import { reasonOf } from "./reason.js";

/** What lockdep says of a fix with a bug. */
export interface BugHeard {
  readonly silentIn: readonly string[];
  /** Null where lockdep is silent in some order. */
  readonly reported: { readonly report: string; readonly reason: string } | null;
}

/** Returns what lockdep says of the paths of a fix with a bug. */
export function bugHeard(paths: PathsOnce): BugHeard {
  const inEach = (all: readonly OrderVerdict[]): boolean => all.every(({ kind }) => kind !== null);
  const { orders, report } = heardOf(paths, inEach);
  const silentIn = orders.flatMap(({ order, kind }) => (kind === null ? [order] : []));
  const isReported = silentIn.length === 0 && report !== null;
  return {
    silentIn,
    reported: isReported ? { report: report.kind, reason: reasonOf(report) } : null,
  };
}
