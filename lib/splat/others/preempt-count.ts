/** What a preempt count says of the context (include/linux/preempt.h). */

/** Returns what the bits of a count stand for, in words, the innermost context first. */
export function contextsOf(count: number): readonly string[] {
  const preempt = count & 0xff;
  const softirq = (count >> 8) & 0xff;
  const hardirq = (count >> 16) & 0xf;
  const nmi = (count >> 20) & 0xf;
  return [
    ...(nmi > 0 ? ["in an NMI"] : []),
    ...(hardirq > 0 ? ["in a hardirq"] : []),
    // Serving one counts 1, switching them off 2.
    ...((softirq & 1) === 1 ? ["in a softirq"] : []),
    ...(softirq >= 2 ? ["with softirqs off"] : []),
    ...(preempt > 0 ? ["with preemption off"] : []),
  ];
}
