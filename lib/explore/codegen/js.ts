/** The variables of generated code that hold the words of a state. */

/** Returns the names `w0`, `w1`, ... of the words of a state. */
export function wordNames(prefix: string, words: number): string[] {
  return Array.from({ length: words }, (_, at) => `${prefix}${String(at)}`);
}
