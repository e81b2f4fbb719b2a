/** What if an edge were cut, or a class split? */
import { UnknownNameError } from "../../primitives/named.js";
import { plainName } from "../stacks/functions.js";
import { edgeName, graphOf, type OrderEdge, type OrderGraph, type Witness } from "./order.js";

/** A class that is to be split. */
export interface Split {
  readonly className: string;
  /**
   * Where the new class is taken: a function on the stack, or a class that is held meanwhile. Null
   * for the most that a split can do: every edge with a class of its own.
   */
  readonly where: string | null;
}

/** Returns the split that is written as `CLASS@WHERE`, or as `CLASS`. */
export function splitNamed(text: string): Split {
  const at = text.lastIndexOf("@");
  return at < 0
    ? { className: text, where: null }
    : { className: text.slice(0, at), where: text.slice(at + 1) };
}

/** Changes of an order. */
export interface OrderChange {
  /** Edges to cut, each `from -> to`; a part of a name is enough where only one class has it. */
  readonly cut: readonly string[];
  readonly split: readonly Split[];
}

/**
 * Returns the class that is meant: by its whole name, else the only one that has the text in it.
 *
 * @throws UnknownNameError where none has it, or several have
 */
export function classNamed({ classes }: OrderGraph, text: string): string {
  if (classes.includes(text)) return text;
  const like = classes.filter((name) => name.includes(text));
  const [only] = like;
  if (only !== undefined && like.length === 1) return only;
  throw new UnknownNameError("class", text, (like.length > 0 ? like : classes).slice(0, 12));
}

/**
 * Returns the edges that are meant by `from -> to`.
 *
 * @throws UnknownNameError where there is no such class or edge
 */
export function edgeNamed(graph: OrderGraph, text: string): readonly OrderEdge[] {
  const [from, to, more] = text.split(/ (?:\.\.\. )?-> /);
  if (from === undefined || to === undefined || more !== undefined) {
    const like = graph.edges.filter((edge) => edge.from.includes(text) || edge.to.includes(text));
    const names = (like.length > 0 ? like : graph.edges).slice(0, 8).map(edgeName);
    throw new UnknownNameError("edge (it is written `a -> b`, with blanks)", text, names);
  }
  const ends = [classNamed(graph, from), classNamed(graph, to)] as const;
  const found = graph.edges.filter((edge) => edge.from === ends[0] && edge.to === ends[1]);
  if (found.length > 0) return found;
  const near = graph.edges.filter((edge) => edge.from === ends[0] || edge.to === ends[1]);
  throw new UnknownNameError("edge", `${ends[0]} -> ${ends[1]}`, near.slice(0, 8).map(edgeName));
}

/**
 * Returns the order as it would be after the changes.
 *
 * @throws UnknownNameError where a change names a class, an edge or a place that is not there
 */
export function changed(graph: OrderGraph, { cut, split }: OrderChange): OrderGraph {
  const gone = new Set(cut.flatMap((text) => edgeNamed(graph, text)));
  const left: OrderGraph = { ...graph, edges: graph.edges.filter((edge) => !gone.has(edge)) };
  return split.reduce(splitOne, left);
}

function splitOne(graph: OrderGraph, { className, where }: Split): OrderGraph {
  const name = classNamed(graph, className);
  if (where === null) return passedBy(graph, name);
  const own = `${name} (${where})`;
  const edges = graph.edges.flatMap((edge) => {
    if (edge.from !== name && edge.to !== name) return [edge];
    return edge.witnesses.map((witness): OrderEdge => {
      const there = isThere(witness, where, name);
      const end = (each: string): string => (there && each === name ? own : each);
      return { ...edge, from: end(edge.from), to: end(edge.to), witnesses: [witness] };
    });
  });
  const isSplit = edges.some(({ from, to }) => from === own || to === own);
  if (isSplit) return graphOf(edges, graph.classes);
  const places = graph.edges
    .filter(({ from, to }) => from === name || to === name)
    .flatMap(({ witnesses }) => witnesses)
    .flatMap(({ frames, held }) => [
      ...frames.flatMap(({ symbol }) => symbol ?? []),
      ...(held ?? []),
    ]);
  throw new UnknownNameError(
    `place where ${name} is taken`,
    where,
    [...new Set(places)].slice(0, 12),
  );
}

const isThere = ({ frames, held }: Witness, where: string, name: string): boolean =>
  frames.some(({ symbol }) => symbol !== null && plainName(symbol) === where) ||
  (held ?? []).some((each) => each === where && each !== name);

/** Nothing leads through the class any more: as if each path took a lock of another class. */
function passedBy({ classes, edges }: OrderGraph, name: string): OrderGraph {
  return graphOf(
    edges.map((edge) => (edge.from === name ? { ...edge, from: `${name} (another)` } : edge)),
    classes,
  );
}
