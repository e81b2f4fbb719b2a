/**
 * Usage bits: how a class of locks has been used with respect to interrupts.
 *
 * Follows `enum lock_usage_bit`, `get_usage_chars()`, `exclusive_mask()` and `original_mask()` in
 * kernel/locking/lockdep.c. A bit number is `state << 2 | enabled << 1 | read`, with hardirq as
 * state 0 and softirq as state 1; the two bits after those eight say that the class was used at all.
 */

export const USED_IN_HARDIRQ = 0;
export const ENABLED_HARDIRQ = 2;
export const USED_IN_SOFTIRQ = 4;
export const ENABLED_SOFTIRQ = 6;
export const USED = 8;
export const USED_READ = 9;
export const USAGE_STATES = 10;

/** Added to a bit's number for the same usage by a reader. */
export const READ = 1;
/** The bit of a bit's number that tells enabled from used-in. */
const DIR = 2;

/** Masks over all interrupt bits: by writers, by readers, used-in, enabled. */
export const IRQ_WRITE_MASK = 0b0101_0101;
const IRQ_READ_MASK = 0b1010_1010;
export const USED_IN_MASK = 0b0011_0011;
export const ENABLED_MASK = 0b1100_1100;

const NAMES = [
  "IN-HARDIRQ-W",
  "IN-HARDIRQ-R",
  "HARDIRQ-ON-W",
  "HARDIRQ-ON-R",
  "IN-SOFTIRQ-W",
  "IN-SOFTIRQ-R",
  "SOFTIRQ-ON-W",
  "SOFTIRQ-ON-R",
  "INITIAL USE",
  "INITIAL READ USE",
] as const;

/** Returns what the kernel prints for a usage bit, such as `IN-HARDIRQ-W`. */
export const usageName = (bit: number): string => NAMES[bit] ?? "IN-NMI";

/** Returns the name of a bit's interrupt, such as `HARDIRQ` or `SOFTIRQ-READ`. */
export const irqClassOf = (bit: number): string =>
  (bit >> 2 === 0 ? "HARDIRQ" : "SOFTIRQ") + ((bit & READ) !== 0 ? "-READ" : "");

/** Returns the contradicting bit: the other direction of the same interrupt, for writers. */
export const exclusiveBit = (bit: number): number => (bit & ~READ) ^ DIR;

function invertDirection(mask: number): number {
  return ((mask & ENABLED_MASK) >> DIR) | ((mask & USED_IN_MASK) << DIR);
}

/** Returns the bits that contradict any bit of `mask`, by readers and writers alike. */
export function exclusiveMask(mask: number): number {
  const inverted = invertDirection(mask);
  return inverted | ((inverted & IRQ_READ_MASK) >> READ) | ((inverted & IRQ_WRITE_MASK) << READ);
}

/** Returns the first bit of `mask` that `other` contradicts, and the contradicting bit. */
export function exclusiveMatch(
  mask: number,
  other: number,
): { readonly bit: number; readonly contradicts: number } | null {
  for (let bit = 0; bit < USED; bit++) {
    if ((mask & (1 << bit)) === 0) continue;
    const write = exclusiveBit(bit);
    if ((other & (1 << write)) !== 0) return { bit, contradicts: write };
    if ((other & (1 << (write | READ))) !== 0) return { bit, contradicts: write | READ };
  }
  return null;
}

function usageChar(mask: number, usedIn: number): string {
  const inIrq = (mask & (1 << usedIn)) !== 0;
  const enabled = (mask & (1 << (usedIn + DIR))) !== 0;
  if (enabled) return inIrq ? "?" : "+";
  return inIrq ? "-" : ".";
}

/**
 * Returns the four characters that the kernel prints between braces: hardirq by writers and by
 * readers, softirq by writers and by readers. `-` used in it, `+` held with it enabled, `?` both.
 *
 * @param mask usage bits of a class, 0 to 1023
 * @example usageChars(0b01_0000_0001) // "-..."
 */
export function usageChars(mask: number): string {
  return (
    usageChar(mask, USED_IN_HARDIRQ) +
    usageChar(mask, USED_IN_HARDIRQ | READ) +
    usageChar(mask, USED_IN_SOFTIRQ) +
    usageChar(mask, USED_IN_SOFTIRQ | READ)
  );
}
