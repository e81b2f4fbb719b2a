/** What the bench says of a fix, as data. */
import {
  type FixVerdict,
  type TriedBug,
  explorerVerdict,
  fateText,
  reasonOf,
  smallestHidden,
} from "../../kvm/index.js";
import { whyNoCircle } from "../../views/index.js";

/** Returns why lockdep sees no circle in a bug that it does not report, or nothing. */
export const whyHidden = ({ fate }: TriedBug): string =>
  fate.kind === "hidden" ? whyNoCircle(fate.result.scenario, fate.result.violations.deadlock) : "";

/** Returns a verdict as a value. */
export const verdictJson = (verdict: FixVerdict): Readonly<Record<string, unknown>> => {
  const { lockdep, result, quadrant, cost, bugs } = verdict;
  return {
    lockdep: {
      kind: lockdep.report?.kind ?? null,
      why: lockdep.report === null ? null : reasonOf(lockdep.report),
      orders: lockdep.orders.map(({ order, kind }) => ({ order, kind })),
      neverRan: lockdep.neverRan,
    },
    explorer: {
      verdict: explorerVerdict(result),
      complete: result.complete,
      states: result.states,
      summary: result.summary,
    },
    quadrant,
    ...cost,
    bugs: bugs.map((one) => ({
      bug: one.bug,
      fate: one.fate.kind,
      why: fateText(one.fate, lockdep.orders.length),
      halves: whyHidden(one),
    })),
    smallestHidden: smallestHidden(verdict)?.bug ?? null,
  };
};
