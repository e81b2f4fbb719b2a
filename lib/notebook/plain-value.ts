/** Plain values of notebook cells: compared and printed without Node, as cells run in pages too. */

/** Returns whether two plain values are equal, member by member. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || inspected(a) === inspected(b);
}

/** Returns a plain value as text: JSON, with what JSON cannot say spelt out. */
export function inspected(value: unknown): string {
  const seen = new Set<unknown>();
  const plain = (_: string, part: unknown): unknown => {
    switch (typeof part) {
      case "bigint":
        return `${part}n`;
      case "undefined":
      case "function":
      case "symbol":
        return String(part);
      case "number":
        return Number.isFinite(part) ? part : String(part);
      case "object":
        if (part === null) return null;
        if (seen.has(part)) return "(again)";
        seen.add(part);
        if (part instanceof Set || part instanceof Map) return [...part.entries()];
        return part;
      default:
        return part;
    }
  };
  return JSON.stringify(value, plain);
}
