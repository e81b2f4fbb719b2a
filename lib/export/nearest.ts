/** Returns the up to three names that a mistyped one is most like, best first. */
export function nearest(name: string, names: readonly string[]): string[] {
  const distances = names.map((other) => ({ other, distance: editDistance(name, other) }));
  return distances
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => other);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, ca] of a.split("").entries()) {
    const next = [i + 1];
    for (const [j, cb] of b.split("").entries()) {
      const substituted = (row[j] ?? 0) + (ca === cb ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
