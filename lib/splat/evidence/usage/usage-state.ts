/** Usage states such as `SOFTIRQ-ON-W`, and kinds such as `HARDIRQ-irq-safe`, taken apart. */

/** What interrupts: the second half of a state's meaning. */
export type Interruption = "hardirq" | "softirq" | "memory reclaim";

/** A state, taken apart. */
export interface UsageStateWords {
  readonly irq: Interruption;
  readonly reading: boolean;
  /** True for "taken in it", false for "taken while it could come". */
  readonly inside: boolean;
}

/** Returns what a name such as `HARDIRQ` or `reclaim_fs` stands for. */
export function interruptionOf(name: string): Interruption {
  if (/soft/i.test(name)) return "softirq";
  return /reclaim/i.test(name) ? "memory reclaim" : "hardirq";
}

/** Takes a state or kind apart, or returns null for one that is not about interrupts. */
export function decodeState(state: string): UsageStateWords | null {
  const irq = interruptionOf(state);
  const used = /^(IN-)?(?:HARDIRQ|SOFTIRQ|RECLAIM_FS)(-ON)?-([RW])$/i.exec(state);
  if (used !== null) {
    return { irq, reading: used[3]?.toUpperCase() === "R", inside: used[1] !== undefined };
  }
  const kind = /^\w+?(-READ)?(?:-irq)?-(safe|unsafe)$/i.exec(state);
  if (kind === null) return null;
  return { irq, reading: kind[1] !== undefined, inside: kind[2] === "safe" };
}
