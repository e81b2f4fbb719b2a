/** The way from a lock that is taken in an interrupt to one that is held with it on. */
import type { SplatEdge } from "../edges/edge.js";
import type { IrqEnds } from "./irq-ends.js";

/**
 * Returns the edges from the irq-safe end to the irq-unsafe one; what the text has lost at either
 * end is an edge with a gap. None where one class is both.
 */
export function irqPath(
  edges: readonly SplatEdge[],
  { safe, unsafe }: IrqEnds,
): readonly SplatEdge[] {
  const first = edges[0]?.from ?? safe.name;
  const last = edges.at(-1)?.to ?? first;
  return [...lost(safe.name, first), ...edges, ...lost(last, unsafe.name)];
}

const lost = (from: string, to: string): readonly SplatEdge[] =>
  from === to ? [] : [{ from, to, learnt: "earlier", frames: [], gap: { least: 0, most: null } }];
