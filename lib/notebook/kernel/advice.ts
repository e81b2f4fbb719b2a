/** What a reader can do about a complaint of the compiler's, where it does not say. */
import { readFileSync } from "node:fs";

const awaited =
  /\bPromise<(?!.*\bawait\b).*(?:is not assignable|has no call signatures|is missing)/s;

/** A function in the place of what it returns. */
const uncalled = /^Argument of type '\(.*\) => (\w+)' is not assignable to parameter of type '\1'/s;

/**
 * Returns what else is to be said of a complaint, in lines.
 *
 * @param declarations the declarations of the lab, asked for where a type is to be looked up
 */
export function adviceFor(
  message: string,
  declarations: () => string = labDeclarations,
): readonly string[] {
  const [, types = ""] =
    /is not assignable to (?:type|parameter of type) '([\w |]+)'/.exec(message) ?? [];
  const [type, ...others] = types.split(" | ").filter((one) => one !== "" && one !== "undefined");
  const names = type === undefined ? [] : listed([type, ...others], declarations());
  return [
    ...(awaited.test(message)
      ? ["Write await before it: a Promise is a value that comes later."]
      : []),
    ...(uncalled.test(message) ? ["It is a function that gives one: call it."] : []),
    ...(names.length === 0
      ? []
      : [`${others.length === 0 ? (type ?? "") : "It"} is one of ${names.join(", ")}.`]),
  ];
}

/** The names that types list, each once; none where one of them is no list of names. */
function listed(types: readonly string[], declarations: string): readonly string[] {
  const lists = types.map((type) => namesOf(type, declarations));
  return lists.every(({ length }) => length > 0) ? [...new Set(lists.flat())] : [];
}

/** The names that a type lists, by itself or as another type's. */
function namesOf(type: string, declarations: string): readonly string[] {
  if (/^(?:"[^"]*"|\d+)$/.test(type)) return [type];
  const declared = new RegExp(`^export (?:declare )?type ${type} =([^;{}()<]*);`, "m");
  const parts = (declared.exec(declarations)?.[1] ?? "").split("|").map((part) => part.trim());
  const wanted = parts.filter((part) => part !== "" && part !== type);
  return wanted.every((part) => /^["\w-]+$/.test(part)) ? listed(wanted, declarations) : [];
}

/** Those that cells are compiled with; none where the lab was not built. */
function labDeclarations(): string {
  try {
    return readFileSync(new URL("../../lockdep-lab.d.ts", import.meta.url), "utf8");
  } catch {
    return "";
  }
}
