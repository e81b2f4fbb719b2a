/** The least machine on which something goes wrong. */
import type { Scenario } from "../../machine/index.js";
import { explore } from "../explore.js";
import type { ExploreOptions, Result } from "../result/result.js";

/** A size that was tried, and what came of it. */
export interface Tried<S> {
  readonly size: S;
  readonly result: Result;
}

/** The first size with a violation, and all that were tried before it. */
export interface Smallest<S> {
  readonly found: Tried<S> | null;
  readonly tried: readonly Tried<S>[];
  /** Whether every size tried without a violation was explored to the end: else one may be there. */
  readonly complete: boolean;
}

/**
 * Returns the first of some sizes at which a property is violated.
 *
 * @param make the scenario of a size
 * @param sizes from the smallest on, in whatever order counts as small
 * @param options the properties to look for, and the budget of each size
 * @example
 * smallest((n) => dining(n), [2, 3, 4]).found?.size // 2
 */
export function smallest<S>(
  make: (size: S) => Scenario,
  sizes: Iterable<S>,
  options: ExploreOptions = {},
): Smallest<S> {
  const tried: Tried<S>[] = [];
  for (const size of sizes) {
    const result = explore(make(size), options);
    tried.push({ size, result });
    if (Object.keys(result.violations).length > 0) {
      const before = tried.slice(0, -1);
      return { found: { size, result }, tried, complete: before.every((t) => t.result.complete) };
    }
  }
  return { found: null, tried, complete: tried.every((t) => t.result.complete) };
}

/** Returns the combinations of counts up to limits, those with the fewest members in all first. */
export function sizesUpTo(limits: Readonly<Record<string, number>>): Record<string, number>[] {
  const names = Object.keys(limits);
  const all = names.reduce<Record<string, number>[]>(
    (sizes, name) =>
      sizes.flatMap((size) =>
        Array.from({ length: limits[name] ?? 0 }, (_, n) => ({ ...size, [name]: n + 1 })),
      ),
    [{}],
  );
  const total = (size: Record<string, number>): number =>
    Object.values(size).reduce((a, b) => a + b, 0);
  return all.sort((a, b) => total(a) - total(b));
}
