/**
 * Paths of a search as a report tells them.
 *
 * Follows `print_shortest_lock_dependencies()` and its backwards sibling in
 * kernel/locking/lockdep.c.
 */
import { depthOf, pathToRoot } from "./bfs.js";
import type { DependencyEntry } from "../state/class.js";
import type { PathStep, Stack } from "../report/report.js";
import { classView, usagesView } from "../state/snapshot.js";

function steps(
  leaf: DependencyEntry,
  acquiredAt: (path: readonly DependencyEntry[], at: number) => Stack | null,
): PathStep[] {
  const depth = depthOf(leaf);
  return pathToRoot(leaf).map((entry, i, path) => ({
    class: classView(entry.to),
    depth: depth - i,
    usages: usagesView(entry.to),
    acquiredAt: acquiredAt(path, i),
  }));
}

/** From the far end of a search forwards back to its root: each step with its own trace. */
export const forwardPath = (leaf: DependencyEntry): PathStep[] =>
  steps(leaf, (path, i) => path[i]?.trace ?? null);

/**
 * From the far end of a search backwards to its root: an entry of a list of earlier classes has the
 * trace of the later one, so each step takes that of the step before.
 */
export const backwardPath = (leaf: DependencyEntry): PathStep[] =>
  steps(leaf, (path, i) => path[i - 1]?.trace ?? null);
