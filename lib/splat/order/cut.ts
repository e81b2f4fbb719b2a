/** The smallest set of edges without which an order has no circle. */
import { shortestCircle } from "./circles.js";
import { edgeName, type OrderEdge, type OrderGraph } from "./order.js";

/** Edges to cut. */
export interface Cut {
  readonly edges: readonly OrderEdge[];
  /** True where no smaller set is enough; false where the search for one was given up. */
  readonly smallest: boolean;
}

/** Circles looked at, at most, before edges are taken as they come. */
const mostCircles = 400;
/** Branches of the search for a smallest set, at most. */
const mostBranches = 200_000;

/** What cannot be cut: the interrupt is no code that could be changed. */
const isFixed = ({ kind }: OrderEdge): boolean => kind === "interrupt";

/**
 * Returns a smallest cut, or null where a circle has no edge that may be cut.
 *
 * Circles are collected one at a time: a smallest set of edges that hits all those known is cut,
 * and a circle that is left is the next one. With none left the set is smallest for all circles
 * (implicit hitting sets; Moreno-Centeno and Karp, Operations Research 2013).
 *
 * @param kept edges that must stay, as `from -> to`
 */
export function smallestCut(graph: OrderGraph, kept: ReadonlySet<string> = new Set()): Cut | null {
  const known: (readonly OrderEdge[])[] = [];
  let cut: readonly OrderEdge[] = [];
  let smallest = true;
  for (;;) {
    const circle = shortestCircle(without(graph, cut));
    if (circle === null) return { edges: cut, smallest };
    const cuttable = circle.filter((edge) => !isFixed(edge) && !kept.has(edgeName(edge)));
    if (cuttable.length === 0) return null;
    known.push(cuttable);
    const found: readonly OrderEdge[] | null =
      smallest && known.length <= mostCircles ? smallestHitting(known) : null;
    smallest = found !== null;
    cut = found ?? [...cut, mostCommon(cuttable, known)];
  }
}

/**
 * Returns the edges each of which is enough when it is cut alone; none where it takes more.
 *
 * @param kept edges that must stay, as `from -> to`
 */
export function enoughAlone(
  graph: OrderGraph,
  kept: ReadonlySet<string> = new Set(),
): readonly OrderEdge[] {
  // Such an edge is in every circle, so in a shortest one.
  return (shortestCircle(graph) ?? []).filter(
    (edge) =>
      !isFixed(edge) &&
      !kept.has(edgeName(edge)) &&
      shortestCircle(without(graph, [edge])) === null,
  );
}

const without = ({ classes, edges }: OrderGraph, cut: readonly OrderEdge[]): OrderGraph => ({
  classes,
  edges: edges.filter((edge) => !cut.includes(edge)),
});

const mostCommon = (
  edges: readonly OrderEdge[],
  circles: readonly (readonly OrderEdge[])[],
): OrderEdge => {
  const count = (edge: OrderEdge): number => circles.filter((one) => one.includes(edge)).length;
  return edges.reduce((best, edge) => (count(edge) > count(best) ? edge : best));
};

/**
 * Returns a smallest set that has an edge of each circle: by size, a branch for each edge of one that is
 * not hit; null where that takes too long.
 */
function smallestHitting(circles: readonly (readonly OrderEdge[])[]): readonly OrderEdge[] | null {
  const budget = { branches: mostBranches };
  for (let size = apart(circles); budget.branches > 0; size++) {
    const found = hitting(circles, size, budget);
    if (found !== null) return found;
  }
  return null;
}

function hitting(
  circles: readonly (readonly OrderEdge[])[],
  size: number,
  budget: { branches: number },
): readonly OrderEdge[] | null {
  const [first] = [...circles].sort((a, b) => a.length - b.length);
  if (first === undefined) return [];
  // So many circles without a common edge need as many cuts.
  if (size < apart(circles)) return null;
  for (const edge of first) {
    if (--budget.branches < 0) return null;
    const left = circles.filter((circle) => !circle.includes(edge));
    const rest = hitting(left, size - 1, budget);
    if (rest !== null) return [edge, ...rest];
  }
  return null;
}

function apart(circles: readonly (readonly OrderEdge[])[]): number {
  const used = new Set<OrderEdge>();
  let count = 0;
  for (const circle of circles) {
    if (circle.some((edge) => used.has(edge))) continue;
    for (const edge of circle) used.add(edge);
    count++;
  }
  return count;
}
