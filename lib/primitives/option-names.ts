/** Refuses options that there are not: a mistyped one would say nothing and change nothing. */
import { isRecord } from "./record.js";
import { UnknownNameError } from "./named.js";
import { shown } from "./shown.js";

/**
 * Checks the options of a function that may be called without a type checker.
 *
 * @param of the function, as in `explore()`
 * @param known one entry for each option that there is
 * @throws TypeError if that is no object
 * @throws UnknownNameError naming the nearest options
 * @example
 * expectOptions("explore()", { maxStates: 9 }, { maxStates: true })
 */
export function expectOptions(
  of: string,
  given: unknown,
  known: Readonly<Record<string, true>>,
): void {
  const names = Object.keys(known);
  if (!isRecord(given)) {
    throw new TypeError(
      `${of}: options are wanted, as in { ${names[0] ?? ""}: ... }, and not ${shown(given)}`,
    );
  }
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw new UnknownNameError(`option of ${of}`, name, names);
  }
}

/**
 * Checks the name that something is declared with.
 *
 * @param call the function, as in `mutex`
 * @throws TypeError if that is no text, or an empty one
 * @example
 * expectName("mutex", "m")
 */
export function expectName(call: string, given: unknown): void {
  if (typeof given === "string" && given !== "") return;
  const what = given === "" ? "an empty text" : shown(given);
  throw new TypeError(
    `${call}(): a name is wanted first, as in ${call}("a", ...), and not ${what}`,
  );
}
