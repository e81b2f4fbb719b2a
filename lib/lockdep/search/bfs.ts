/**
 * Breadth-first search for a shortest strong path in the dependency graph.
 *
 * Follows `__bfs()` in kernel/locking/lockdep.c: the order of the visits decides which of several
 * shortest paths a report shows, and the size of the queue is the kernel's.
 */
import { DependencyEntry, type LockClass } from "../state/class.js";
import type { Core } from "../state/core.js";
import { DEP_FROM_SHARED, DEP_TO_NONRECURSIVE } from "../state/dependency.js";
import type { ReadMode } from "../../primitives/event.js";

/** Which way a search goes. */
export type Direction = "locksAfter" | "locksBefore";

/** Decides on a class that the search has reached; the entry tells the path to it. */
export type Visit = (entry: DependencyEntry) => boolean;

/** How a search ended. */
export type SearchResult =
  | { readonly kind: "match"; readonly target: DependencyEntry }
  | { readonly kind: "no-match" }
  | { readonly kind: "queue-full" };

const NO_MATCH: SearchResult = { kind: "no-match" };
const QUEUE_FULL: SearchResult = { kind: "queue-full" };

/** The root of a search forwards from a lock taken in a read mode: `bfs_init_root()`. */
export function forwardRoot(lockClass: LockClass, read: ReadMode): DependencyEntry {
  const root = new DependencyEntry(lockClass, 0, 0, []);
  root.onlyXr = read === 2;
  return root;
}

/** The root of a search backwards: `bfs_init_rootb()`. */
export function backwardRoot(lockClass: LockClass, read: ReadMode): DependencyEntry {
  const root = new DependencyEntry(lockClass, 0, 0, []);
  root.onlyXr = read !== 0;
  return root;
}

/**
 * Searches from `root` for an entry that `match` accepts, leaving out those that `skip` accepts and
 * what lies behind them.
 */
export function search(
  core: Core,
  root: DependencyEntry,
  direction: Direction,
  match: Visit,
  skip: Visit | null,
): SearchResult {
  const generation = ++core.searches;
  const queue: DependencyEntry[] = [root];
  let front = 0;
  let sibling: DependencyEntry | null = null;
  for (;;) {
    // Only the first of a list is queued, its siblings are found from it.
    const entry: DependencyEntry | undefined = sibling ?? queue[front++];
    if (entry === undefined) return NO_MATCH;
    sibling = entry.parent === null ? null : entry.next;
    const at = entry.to;
    if (at.visited === generation) continue;
    at.visited = generation;
    if (entry.parent !== null) {
      const dep = entry.parent.onlyXr ? entry.dep & ~DEP_FROM_SHARED : entry.dep;
      if (dep === 0) continue;
      entry.onlyXr = (dep & DEP_TO_NONRECURSIVE) === 0;
    }
    if (skip?.(entry) === true) continue;
    if (match(entry)) return { kind: "match", target: entry };
    const first = at[direction].first;
    if (first === null) continue;
    for (let child: DependencyEntry | null = first; child !== null; child = child.next) {
      child.parent = entry;
    }
    if (queue.length - front >= core.limits.queue - 1) return QUEUE_FULL;
    queue.push(first);
    core.counters.maxBfsQueue = Math.max(core.counters.maxBfsQueue, queue.length - front);
  }
}

/** Returns how many steps an entry is from the root of the last search. */
export function depthOf(entry: DependencyEntry): number {
  let depth = 0;
  for (let at = entry.parent; at !== null; at = at.parent) depth++;
  return depth;
}

/** Returns the entries from `leaf` to the root of the last search. */
export function pathToRoot(leaf: DependencyEntry): DependencyEntry[] {
  const path: DependencyEntry[] = [];
  for (let at: DependencyEntry | null = leaf; at !== null; at = at.parent) path.push(at);
  return path;
}

/** Returns how many classes a search in one direction reaches, the first one included. */
export function countReachable(core: Core, from: LockClass, direction: Direction): number {
  let count = 0;
  search(
    core,
    forwardRoot(from, 0),
    direction,
    () => {
      count++;
      return false;
    },
    null,
  );
  return count;
}
