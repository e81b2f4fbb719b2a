/** What is wrong with the text of a program. */

/** Thrown by the readers of a program, and caught by `parseLockProgram()`. */
export class Malformed extends Error {}

/** @throws Malformed */
export function fail(message: string): never {
  throw new Malformed(message);
}

/** Returns a value as an error shows it. */
export const shown = (value: unknown): string =>
  value === undefined ? "missing" : JSON.stringify(value);
