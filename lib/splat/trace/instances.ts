/** Whether a circle of classes is one of locks, too. */
import type { OrderCircle } from "../order/order.js";
import type { TraceEdge } from "./edges.js";

/**
 * Returns the addresses round a circle where the locks that were seen close it, each taken under the
 * one before; null where they do not: then the classes meet only in different locks, so far.
 *
 * @param circle a circle of the order that the trace gives
 * @param edges of the same trace
 */
export function instancesOf(
  circle: OrderCircle,
  edges: readonly TraceEdge[],
): readonly string[] | null {
  const steps = circle.map(
    ({ from, to }) => edges.find((edge) => edge.from === from && edge.to === to)?.pairs ?? [],
  );
  for (const start of new Set(steps[0]?.map(([outer]) => outer))) {
    const way = wayBack(start, steps);
    if (way !== null) return way;
  }
  return null;
}

/** Returns a way from one lock through the steps back to it. */
function wayBack(
  start: string,
  steps: readonly (readonly (readonly [string, string])[])[],
): readonly string[] | null {
  let reached = new Map<string, readonly string[]>([[start, [start]]]);
  for (const pairs of steps) {
    const next = new Map<string, readonly string[]>();
    for (const [outer, inner] of pairs) {
      const way = reached.get(outer);
      if (way !== undefined && !next.has(inner)) next.set(inner, [...way, inner]);
    }
    reached = next;
  }
  return reached.get(start) ?? null;
}
