/** Finds things by name, and the nearest names where there is no such thing. */

/** A name that means nothing here. */
export class UnknownNameError extends TypeError {
  /** @param near the names that were perhaps meant */
  constructor(
    readonly what: string,
    readonly unknown: string,
    readonly near: readonly string[],
  ) {
    super(`no ${what} is called "${unknown}"; did you mean ${near.join(" or ")}?`);
    this.name = "UnknownNameError";
  }
}

/**
 * Returns the entry of that name.
 *
 * @throws UnknownNameError naming the nearest names
 */
export function named<T extends { readonly name: string }>(
  what: string,
  name: string,
  among: readonly T[],
): T {
  const found = among.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    what,
    name,
    nearest(
      name,
      among.map((entry) => entry.name),
    ),
  );
}

/** Returns the up to three names that take the fewest edits to reach, nearest first. */
export function nearest(name: string, among: readonly string[]): readonly string[] {
  const ranked = among.map((other) => ({ other, distance: editDistance(name, other) }));
  ranked.sort((a, b) => a.distance - b.distance || a.other.localeCompare(b.other));
  return ranked.slice(0, 3).map(({ other }) => other);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const above = row;
    row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (above[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      row.push(Math.min(replaced, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
