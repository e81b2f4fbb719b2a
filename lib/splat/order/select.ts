/** A part of an order that is small enough to be looked at. */
import { UnknownNameError } from "../../primitives/named.js";
import { classNamed } from "./change.js";
import type { OrderGraph } from "./order.js";

/** What to keep. */
export interface OrderSelection {
  /** Classes with one of these texts in their name; all where it is empty. */
  readonly only?: readonly string[];
  /** Classes without any of these. */
  readonly but?: readonly string[];
  /** The neighbourhood of one class; a part of its name is enough where only one has it. */
  readonly near?: string;
  /** How many edges from it at most, 1 or more; 1 unless told. */
  readonly depth?: number;
}

/**
 * Returns the classes that are meant, and the edges between them.
 *
 * @throws UnknownNameError where no class, or more than one, is meant by `near`, and where no class has
 *   a text of `only`
 */
export function selected(graph: OrderGraph, selection: OrderSelection): OrderGraph {
  const { only = [], but = [], near, depth = 1 } = selection;
  const has = (name: string, texts: readonly string[]): boolean =>
    texts.some((text) => name.includes(text));
  for (const text of only) {
    if (!graph.classes.some((name) => name.includes(text)))
      throw new UnknownNameError("class", text, graph.classes.slice(0, 12));
  }
  const kept = new Set(
    graph.classes.filter((name) => (only.length === 0 || has(name, only)) && !has(name, but)),
  );
  if (near === undefined) return between(graph, kept);
  const centre = classNamed(graph, near);
  return between(graph, around(between(graph, kept.add(centre)), centre, depth));
}

const between = ({ classes, edges }: OrderGraph, kept: ReadonlySet<string>): OrderGraph => ({
  classes: classes.filter((name) => kept.has(name)),
  edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
});

function around({ edges }: OrderGraph, centre: string, depth: number): ReadonlySet<string> {
  const near = new Set([centre]);
  for (let step = 0; step < depth; step++) {
    const next = edges.filter(({ from, to }) => near.has(from) !== near.has(to));
    if (next.length === 0) break;
    for (const { from, to } of next) near.add(from).add(to);
  }
  return near;
}
