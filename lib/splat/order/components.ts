/** The parts of a graph in which every class leads to every other: all circles lie within one. */
import type { OrderEdge, OrderGraph } from "./order.js";

/** Returns the edges by the class from which they lead. */
export function edgesFrom(edges: readonly OrderEdge[]): ReadonlyMap<string, readonly OrderEdge[]> {
  const from = new Map<string, OrderEdge[]>();
  for (const edge of edges) {
    const list = from.get(edge.from);
    if (list === undefined) from.set(edge.from, [edge]);
    else list.push(edge);
  }
  return from;
}

interface Visit {
  readonly name: string;
  readonly index: number;
  low: number;
  next: number;
}

/**
 * Returns the strongly connected components of a graph, those that have a circle (Tarjan, SIAM
 * Journal on Computing 1972), without recursion: a machine has thousands of classes.
 */
export function componentsOf({ classes, edges }: OrderGraph): readonly ReadonlySet<string>[] {
  const out = edgesFrom(edges);
  const indices = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: Set<string>[] = [];
  const enter = (name: string): Visit => {
    const index = indices.size;
    indices.set(name, index);
    open.push(name);
    isOpen.add(name);
    return { name, index, low: index, next: 0 };
  };
  const close = (name: string): void => {
    const part = new Set<string>();
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      isOpen.delete(last);
      part.add(last);
      if (last === name) break;
    }
    const self = out.get(name)?.some(({ to }) => to === name) ?? false;
    if (part.size > 1 || self) found.push(part);
  };
  for (const start of classes) {
    if (indices.has(start)) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = out.get(top.name)?.[top.next++]?.to;
      if (to === undefined) {
        if (top.low === top.index) close(top.name);
        path.pop();
        const below = path.at(-1);
        if (below !== undefined) below.low = Math.min(below.low, top.low);
      } else if (!indices.has(to)) path.push(enter(to));
      else if (isOpen.has(to)) top.low = Math.min(top.low, indices.get(to) ?? top.low);
    }
  }
  return found;
}
