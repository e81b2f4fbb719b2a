/**
 * Kinds of a dependency prev -> next: S or E for a shared or exclusive holder of prev, R or N for a
 * recursive reader or anyone else taking next.
 *
 * Follows `DEP_*_BIT`, `calc_dep()` and `calc_depb()` in kernel/locking/lockdep.c and
 * Documentation/locking/lockdep-design.rst: a path is strong unless `-(*R)->` meets `-(S*)->`.
 */
import type { ReadMode } from "../../primitives/event.js";
import type { DependencyKind } from "../report/view.js";

/** Dependencies from a shared holder. */
export const DEP_FROM_SHARED = 0b0101;
/** Dependencies to other than recursive readers. */
export const DEP_TO_NONRECURSIVE = 0b1100;

const KINDS: readonly DependencyKind[] = ["SR", "ER", "SN", "EN"];

/** Returns the bit of prev -> next for the list of prev. */
export const forwardDep = (prev: ReadMode, next: ReadMode): number =>
  1 << ((prev === 0 ? 1 : 0) + (next !== 2 ? 2 : 0));

/** Returns the bit of prev -> next for the list of next, where a search goes backwards. */
export const backwardDep = (prev: ReadMode, next: ReadMode): number =>
  1 << ((next !== 2 ? 1 : 0) + (prev === 0 ? 2 : 0));

/** Returns the names of the kinds in a set of forward bits. */
export const dependencyKinds = (dep: number): DependencyKind[] =>
  KINDS.filter((_, bit) => (dep & (1 << bit)) !== 0);
