/** The order of locks that reports, a machine's /proc or a trace tell of, as a graph to change. */
import type { StackFrame } from "../report/index.js";

/** One occasion on which an edge was seen. */
export interface Witness {
  /** Such as `dmesg.txt, report 1` or `/proc/lockdep`. */
  readonly source: string;
  /** Innermost first; empty where no stack is told. */
  readonly frames: readonly StackFrame[];
  /** The classes that were held, the outermost first, where the source lists them; else null. */
  readonly held: readonly string[] | null;
  /** `now` where it is the step that made lockdep speak. */
  readonly learnt: "earlier" | "now";
}

/** Under the first the second is taken, or waited for. */
export interface OrderEdge {
  readonly from: string;
  readonly to: string;
  /**
   * `order` an edge of lockdep's; `gap` one through classes that the source does not name;
   * `interrupt` one that no code takes: an interrupt comes while the first is held, and takes the
   * second.
   */
  readonly kind: "order" | "gap" | "interrupt";
  readonly witnesses: readonly Witness[];
}

/** Classes by name, and the edges between them. */
export interface OrderGraph {
  readonly classes: readonly string[];
  readonly edges: readonly OrderEdge[];
}

/** Edges round a circle, each from the class in which the one before it ends. */
export type OrderCircle = readonly OrderEdge[];

/** Returns the graph of some edges: one edge for each pair and kind, with all its witnesses. */
export function graphOf(edges: Iterable<OrderEdge>, classes: Iterable<string> = []): OrderGraph {
  const known = new Set(classes);
  const merged = new Map<string, { edge: OrderEdge; witnesses: Witness[] }>();
  for (const edge of edges) {
    known.add(edge.from).add(edge.to);
    const key = `${edge.kind}\n${edge.from}\n${edge.to}`;
    const before = merged.get(key);
    if (before === undefined) merged.set(key, { edge, witnesses: [...edge.witnesses] });
    else before.witnesses.push(...edge.witnesses);
  }
  return {
    classes: [...known],
    edges: [...merged.values()].map(({ edge, witnesses }) => ({ ...edge, witnesses })),
  };
}

/** Returns the edges of several graphs as one. */
export const joined = (graphs: readonly OrderGraph[]): OrderGraph =>
  graphOf(
    graphs.flatMap(({ edges }) => edges),
    graphs.flatMap(({ classes }) => classes),
  );

/** Returns the same graph with each class under another name. */
export const renamed = (
  { classes, edges }: OrderGraph,
  name: (from: string) => string,
): OrderGraph =>
  graphOf(
    edges.map((edge) => ({
      ...edge,
      from: name(edge.from),
      to: name(edge.to),
      witnesses: edge.witnesses.map((each) => ({
        ...each,
        held: each.held?.map(name) ?? null,
      })),
    })),
    classes.map(name),
  );

/** `a -> b`, or `a ... -> b` where others lie between. */
export const edgeName = ({ from, to, kind }: Pick<OrderEdge, "from" | "to" | "kind">): string =>
  `${from}${kind === "gap" ? " ..." : ""} -> ${to}`;
