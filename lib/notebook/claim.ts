/** The assertion of a notebook's cell: what the text claims, the cell has just computed. */
import { sameValue, inspected } from "./plain-value.js";

/**
 * Prints a claim with a check mark if it is true.
 *
 * @param text the claim, as a sentence
 * @param actual what was computed
 * @param expected what the text says; `true` if left out
 * @throws Error with both values if they differ
 * @example
 * claim("AB/BA has 10 states", explore(abba()).states, 10);
 */
export function claim(text: string, actual: unknown, expected: unknown = true): void {
  if (!sameValue(actual, expected)) {
    throw new Error(
      `this claim is not true: ${text}\n  computed: ${inspected(actual)}\n  claimed:  ${inspected(expected)}`,
    );
  }
  console.log(`✓ ${text}`);
}
