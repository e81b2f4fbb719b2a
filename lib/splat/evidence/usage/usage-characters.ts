/**
 * What the characters between the braces mean; it depends on the kernel's version.
 *
 * Follows `get_usage_chars()` in kernel/locking/lockdep.c: since 4.14 and from 2.6.30 on hardirq,
 * hardirq-read, softirq, softirq-read (and in between RECLAIM_FS twice); before 2.6.30 hardirq,
 * softirq, hardirq-read, softirq-read, with `+` and `-` the other way round.
 */

/** One character, decoded. */
export interface UsageCharacter {
  readonly character: string;
  /** Such as `hardirq`, `softirq` or `memory reclaim`. */
  readonly context: string;
  readonly read: boolean;
  /** Taken in that context. */
  readonly used: boolean;
  /** Taken while that context could come in between. */
  readonly enabled: boolean;
  readonly meaning: string;
}

const modern = ["hardirq", "softirq", "memory reclaim"] as const;

/** True for a kernel whose `+` means "used in": everything before 2.6.30. */
function isAncient(version: string | null): boolean {
  const match = /^2\.6\.(\d+)/.exec(version ?? "");
  return match !== null && Number(match[1]) < 30;
}

/**
 * Decodes usage characters.
 *
 * @param usage the characters, such as `-.-.`
 * @param version the kernel's version as printed, or null
 * @example
 * ```ts
 * decodeCharacters("-...", "6.12.0")[0]?.meaning // "taken in hardirq context"
 * ```
 */
export function decodeCharacters(usage: string, version: string | null): UsageCharacter[] {
  const ancient = isAncient(version);
  return usage.split("").map((character, at) => {
    const context = (ancient ? modern[at % 2] : modern[at >> 1]) ?? "unknown context";
    const read = ancient ? at >= 2 : at % 2 === 1;
    const used = character === "?" || character === (ancient ? "+" : "-");
    const enabled = character === "?" || character === (ancient ? "-" : "+");
    return {
      character,
      context,
      read,
      used,
      enabled,
      meaning: meaningOf(context, read, used, enabled),
    };
  });
}

function meaningOf(context: string, read: boolean, used: boolean, enabled: boolean): string {
  const taken = read ? "taken for reading" : "taken";
  if (used && enabled) return `${taken} in ${context} context, and also with ${context}s enabled`;
  if (used) return `${taken} in ${context} context`;
  if (enabled) return `${taken} with ${context}s enabled`;
  return read
    ? `not taken for reading in or under ${context}`
    : `never taken in ${context} context nor with ${context}s enabled`;
}

/** Returns a sentence on a lock's usage: only what was seen. */
export function describeUsage(usage: string, version: string | null): string {
  const seen = decodeCharacters(usage, version).filter(({ used, enabled }) => used || enabled);
  if (seen.length === 0) return "no usage in or under interrupts recorded";
  return seen.map(({ meaning }) => meaning).join("; ");
}
