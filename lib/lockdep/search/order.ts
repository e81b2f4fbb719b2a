/**
 * An order of the classes in which every dependency goes upwards, kept while edges are added.
 *
 * With it, most new edges need no search at all: a path back cannot exist where the edge goes
 * upwards. Follows Pearce and Kelly, A Dynamic Topological Sort Algorithm for Directed Acyclic
 * Graphs, JEA 11 (2006). The kernel searches each time; the answers are the same.
 */
import type { LockClass } from "../state/class.js";

/** Classes that a walk along the dependencies meets within a range of the order. */
function reach(
  from: LockClass,
  next: "locksAfter" | "locksBefore",
  inRange: (order: number) => boolean,
): Set<LockClass> {
  const seen = new Set([from]);
  for (const at of seen) {
    for (const { to } of at[next]) if (inRange(to.order)) seen.add(to);
  }
  return seen;
}

/**
 * Makes room in the order for an edge.
 *
 * @returns false where the edge closes a circle, whatever its kinds: then the order is unchanged
 */
export function orderEdge(from: LockClass, to: LockClass): boolean {
  if (from === to || from.order < to.order) return true;
  const low = to.order;
  const high = from.order;
  const after = reach(to, "locksAfter", (order) => order <= high);
  if (after.has(from)) return false;
  const before = reach(from, "locksBefore", (order) => order >= low);
  const byOrder = (a: LockClass, b: LockClass): number => a.order - b.order;
  const moved = [...[...before].sort(byOrder), ...[...after].sort(byOrder)];
  const places = moved.map(({ order }) => order).sort((a, b) => a - b);
  for (const [i, at] of moved.entries()) at.order = places[i] ?? at.order;
  return true;
}
