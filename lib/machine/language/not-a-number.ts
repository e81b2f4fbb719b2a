/** Why `n + 1`, `n == 2` and `n < 3` say nothing of a state: JavaScript asks once, where the text is read. */

/**
 * Returns an object that JavaScript's own operators refuse, with what to write instead.
 *
 * `!x`, `x && y` and `x ? a : b` ask it nothing: those are refused by types, where a text is compiled
 * (`notebook/lab-values`).
 */
export function notANumber<T extends object>(of: T, what: string): T {
  return Object.defineProperty(of, Symbol.toPrimitive, {
    enumerable: false,
    value: () => {
      throw new TypeError(
        `${what} has no value before a scenario runs: write eq(x, y), ne(x, y), lt(x, y), add(x, 1), sub(x, 1) or mul(x, 2) for ==, !=, <, +, - and *`,
      );
    },
  });
}
