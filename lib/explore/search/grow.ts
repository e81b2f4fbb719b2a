/** Arrays that grow. */

/** Returns a longer array with the same numbers at its beginning. */
export function grown(old: Int32Array, length: number): Int32Array {
  const longer = new Int32Array(length);
  longer.set(old);
  return longer;
}
