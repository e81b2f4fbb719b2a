/** What a reader can do about a complaint of the compiler's, where it does not say. */
import { readFileSync } from "node:fs";

const awaited =
  /\bPromise<(?!.*\bawait\b).*(?:is not assignable|has no call signatures|is missing)/s;

/**
 * Returns what else is to be said of a complaint, in lines.
 *
 * @param declarations the declarations of the lab, asked for where a type is to be looked up
 */
export function adviceFor(
  message: string,
  declarations: () => string = labDeclarations,
): readonly string[] {
  const [, type] = /is not assignable to type '(\w+)(?: \| undefined)?'/.exec(message) ?? [];
  const names = type === undefined ? [] : namesOf(type, declarations());
  return [
    ...(awaited.test(message)
      ? ["Write await before it: a Promise is a value that comes later."]
      : []),
    ...(names.length === 0 ? [] : [`${type ?? ""} is one of ${names.join(", ")}.`]),
  ];
}

/** The names that a type lists, as they are written; none of a type that is no list of names. */
function namesOf(type: string, declarations: string): readonly string[] {
  const declared = new RegExp(`^export (?:declare )?type ${type} =((?:"[^"\\n]*"|[|\\s])+);`, "m");
  return declarations.match(declared)?.[1]?.match(/"[^"]*"/g) ?? [];
}

/** Those that cells are compiled with; none where the lab was not built. */
function labDeclarations(): string {
  try {
    return readFileSync(new URL("../../lockdep-lab.d.ts", import.meta.url), "utf8");
  } catch {
    return "";
  }
}
