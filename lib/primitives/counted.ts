/** Numbers of things, as they stand in sentences. */

/**
 * Returns a number with commas between its thousands; `toLocaleString()` takes 10 ms when it is first
 * called.
 *
 * @example
 * grouped(45296) // "45,296"
 */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/**
 * Returns a number with the noun that fits it.
 *
 * @param more the noun for any number but 1; `one` with an s unless told
 * @example
 * counted(1, "class", "classes") // "1 class"
 */
export function counted(n: number, one: string, more = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : more}`;
}
