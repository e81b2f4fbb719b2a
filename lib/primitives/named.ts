/** Finds things by name, and the nearest names where there is no such thing. */

/** A name that means nothing here. */
export class UnknownNameError extends TypeError {
  /** The names that were perhaps meant; none, where no name is like it. */
  readonly near: readonly string[];

  /** @param among the names that there are */
  constructor(
    readonly what: string,
    readonly unknown: string,
    among: readonly string[],
  ) {
    const near = nearest(unknown, among);
    const hint =
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : among.length > 0
          ? `there are ${among.join(", ")}`
          : "there is none";
    super(`no ${what} is called "${unknown}"; ${hint}`);
    this.name = "UnknownNameError";
    this.near = near;
  }
}

/**
 * Returns the entry of that name, or that is also called so.
 *
 * @throws UnknownNameError naming the nearest names
 */
export function named<T extends { readonly name: string; readonly also?: string }>(
  what: string,
  name: string,
  among: readonly T[],
): T {
  const found = among.find((entry) => entry.name === name || entry.also === name);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    what,
    name,
    among.flatMap((entry) => (entry.also === undefined ? [entry.name] : [entry.name, entry.also])),
  );
}

/**
 * Returns the up to three names that a mistyped one is like, nearest first: those that it begins, and
 * those that few edits lead to, a third of its letters at most (two of four or five, one of three).
 *
 * @param most how many edits, where it is not as many as that
 * @example
 * nearest("fianl", ["none", "final", "lie"]) // ["final"]
 */
export function nearest(
  name: string,
  among: readonly string[],
  most = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3)),
): readonly string[] {
  return among
    .map((other) => ({ other, distance: begins(name, other) ? 1 : editDistance(name, other) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || a.other.localeCompare(b.other))
    .slice(0, 3)
    .map(({ other }) => other);
}

const begins = (name: string, other: string): boolean => name.length > 1 && other.startsWith(name);

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
