/**
 * Locks of one class that may be held at once, in an order that a function gives.
 *
 * Follows `lockdep_set_lock_cmp_fn()` in kernel/locking/lockdep.c.
 */
import type { LockClass, LockCompare, LockInstance, LockPrint } from "./class.js";
import type { Core } from "./core.js";
import type { LockdepMap } from "./map.js";
import { registerClass } from "./registry.js";

/** Gives the class of a map a comparison and a print function. */
export function setCompare(
  core: Core,
  map: LockdepMap,
  compare: LockCompare,
  print: LockPrint | null,
): void {
  const lockClass: LockClass | null = map.cache0 ?? registerClass(core, map, 0, false);
  if (lockClass === null) return;
  const where = "lockdep_set_lock_cmp_fn";
  if (lockClass.compare !== null && lockClass.compare !== compare) {
    core.warnOn("class->cmp_fn && class->cmp_fn != cmp_fn", where);
  }
  if (lockClass.print !== null && lockClass.print !== print) {
    core.warnOn("class->print_fn && class->print_fn != print_fn", where);
  }
  lockClass.compare = compare;
  lockClass.print = print;
}

/** Why a comparison orders nothing. */
export interface NotTotal {
  readonly kind: "not-antisymmetric" | "not-transitive" | "not-total";
  /** Two locks, or three where the order is not transitive. */
  readonly locks: readonly LockInstance[];
  readonly why: string;
}

function badPair(compare: LockCompare, a: LockInstance, b: LockInstance): NotTotal | null {
  const [forwards, backwards] = [compare(a, b), compare(b, a)];
  const said = `${a.id}, ${b.id} compare as ${forwards}, the other way round as ${backwards}`;
  if (forwards < 0 && backwards < 0) {
    return {
      kind: "not-antisymmetric",
      locks: [a, b],
      why: `${said}: each may be taken under the other, and a deadlock between them goes unseen`,
    };
  }
  if (forwards < 0 || backwards < 0) return null;
  return { kind: "not-total", locks: [a, b], why: `${said}: neither may be taken under the other` };
}

function badTriple(
  compare: LockCompare,
  a: LockInstance,
  b: LockInstance,
  c: LockInstance,
): NotTotal | null {
  if (compare(a, b) >= 0 || compare(b, c) >= 0 || compare(a, c) < 0) return null;
  return {
    kind: "not-transitive",
    locks: [a, b, c],
    why:
      `${b.id} may be taken under ${a.id} and ${c.id} under ${b.id}, but not ${c.id} under ` +
      `${a.id}: three tasks that take them pairwise can wait in a circle that goes unseen`,
  };
}

/**
 * Tries whether a comparison is a total order of some locks, as lockdep takes it to be.
 *
 * @param locks all the locks of the class, or a sample of them; the cost grows with their cube
 * @returns the first fault found, or null
 * @example
 * const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
 * checkTotalOrder(byId, [{ id: "a", name: "l" }, { id: "b", name: "l" }]); // null
 */
export function checkTotalOrder(
  compare: LockCompare,
  locks: readonly LockInstance[],
): NotTotal | null {
  for (const [i, a] of locks.entries()) {
    for (const b of locks.slice(i + 1)) {
      const bad = badPair(compare, a, b);
      if (bad !== null) return bad;
    }
  }
  for (const a of locks) {
    for (const b of locks) {
      for (const c of locks) {
        const bad = badTriple(compare, a, b, c);
        if (bad !== null) return bad;
      }
    }
  }
  return null;
}
