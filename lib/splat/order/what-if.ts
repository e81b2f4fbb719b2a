/** Which circles an order has, which remain after a change, and what would break them all. */
import { circlesIn, type CircleBounds, type CirclesFound } from "./circles.js";
import { changed, edgeNamed, type OrderChange } from "./change.js";
import { enoughAlone, smallestCut, type Cut } from "./cut.js";
import { edgeName, type OrderCircle, type OrderEdge, type OrderGraph } from "./order.js";

/** What is asked. */
export interface WhatIfQuestion extends Partial<OrderChange> {
  /** Edges that must stay when a cut is looked for, each `from -> to`. */
  readonly keep?: readonly string[];
  readonly bounds?: CircleBounds;
}

/** The answer. */
export interface WhatIf {
  /** The circles as things are. */
  readonly before: CirclesFound;
  /** The circles that remain, or come up, after the change; the same where nothing is changed. */
  readonly after: CirclesFound;
  /** The order after the change. */
  readonly graph: OrderGraph;
  /** A smallest set of edges to cut then; null where some circle has none that may be. */
  readonly cut: Cut | null;
  /** The edges each of which is enough alone, after the change. */
  readonly alone: readonly OrderEdge[];
}

/**
 * Returns which circles remain after a change, and a smallest cut of those.
 *
 * @param graph the order that reports, a machine or a trace tell of
 * @throws UnknownNameError where the question names what is not there
 * @example
 * const [report] = readSplats(kvmPiReport);
 * whatIf(orderOfReport(report, "it"), { cut: ["pi_lock -> rq->__lock"] }).after.circles.length // 0
 */
export function whatIf(graph: OrderGraph, question: WhatIfQuestion = {}): WhatIf {
  const { cut = [], split = [], keep = [], bounds } = question;
  const kept = new Set(keep.flatMap((text) => edgeNamed(graph, text).map(edgeName)));
  const after = changed(graph, { cut, split });
  return {
    before: circlesIn(graph, bounds),
    after: circlesIn(after, bounds),
    graph: after,
    cut: smallestCut(after, kept),
    alone: enoughAlone(after, kept),
  };
}

/** `a -> b -> a`. */
export const circleName = (circle: OrderCircle): string =>
  circle
    .map((edge) => `${edge.from}${edge.kind === "gap" ? " ..." : ""}`)
    .concat(circle[0]?.from ?? "")
    .join(" -> ");

/**
 * Returns the classes under which every witness of every edge of a circle was seen, outside of the
 * circle itself: where all of them hold it exclusively, the circle cannot close.
 */
export function guardsOf(circle: OrderCircle): readonly string[] {
  const own = new Set(circle.flatMap(({ from, to }) => [from, to]));
  const witnesses = circle.flatMap((edge) => edge.witnesses);
  const [first, ...rest] = witnesses.map(({ held }) => held ?? []);
  return [...new Set(first)].filter(
    (name) => !own.has(name) && rest.every((held) => held.includes(name)),
  );
}
