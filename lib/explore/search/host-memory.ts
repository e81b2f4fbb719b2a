/** How much memory there is, where that can be told: the core does not know. */

/** Returns how many megabytes nobody uses. */
export type FreeMegabytes = () => number;

/** The property of the global object that may hold a `FreeMegabytes`. */
export const freeMemoryKey: unique symbol = Symbol.for("lockdep-lab.free-memory");

const isFreeMegabytes = (of: unknown): of is FreeMegabytes => typeof of === "function";

/** Returns what the place where this runs has put up, or null: a page is told nothing. */
export function hostFreeMemory(): FreeMegabytes | null {
  const free: unknown = Reflect.get(globalThis, freeMemoryKey);
  return isFreeMegabytes(free) ? free : null;
}
