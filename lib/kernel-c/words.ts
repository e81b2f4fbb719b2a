/** The words of the kernel that C may use here, for editors that complete them. */
import { vocabularyOf } from "./vocabulary/index.js";

/**
 * Returns the names of calls, loops, types, constants and defining macros, sorted.
 *
 * @example
 * kernelCWords().includes("raw_spin_lock_irqsave") // true
 */
export function kernelCWords(): readonly string[] {
  const { calls, loops, rounds, types, constants, macros } = vocabularyOf();
  const lists = [calls, loops, rounds, types, constants, macros.definers].map((of) => [
    ...of.keys(),
  ]);
  return [...new Set(lists.flat())].filter((word) => /^[\w ]+$/.test(word)).sort();
}
