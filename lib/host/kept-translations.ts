/** What was translated, in the user's cache folder: a file for each, by all that it was made of. */
import { deserialize, serialize } from "node:v8";
import type { Scenario } from "../machine/index.js";
import { type Portable, portable, revived } from "../machine/translate/portable.js";
import { cacheFolder, digestOf } from "./cache-folder.js";
import { generatorPrint } from "./generator-print.js";

/** Where translations are kept. */
export interface KeptTranslations {
  /**
   * Returns what was kept under a name, or else what is made now, and keeps that.
   *
   * @param name all that it is made of, beside this lab itself
   * @param is whether something is such a thing
   * @param scenarioOf its scenario, which says how large sets are
   */
  readonly get: <T extends object>(
    name: string,
    is: (of: object) => of is T,
    scenarioOf: (of: T) => Scenario,
    make: () => Promise<T>,
  ) => Promise<T>;
}

/** The property of the global object that may hold where translations are kept. */
export const translationsKey: unique symbol = Symbol.for("lockdep-lab.translations");

/** Keeps nothing. */
const nowhere: KeptTranslations = { get: (_, __, ___, make) => make() };

const isPlace = (of: unknown): of is KeptTranslations =>
  typeof of === "object" && of !== null && "get" in of;

/** Returns the place that the command has put up; where there is none, all is made anew. */
export function hostTranslations(): KeptTranslations {
  const place: unknown = Reflect.get(globalThis, translationsKey);
  return isPlace(place) ? place : nowhere;
}

/**
 * Returns what keeps translations in the user's cache folder; where `LOCKDEP_LAB_CACHE` is `off` all are made anew.
 *
 * A file is read only if it is whole, of the same lab and Node, and the user's own. No result is kept: what is
 * read is searched as what is made.
 */
export function keptTranslations(environment: NodeJS.ProcessEnv = process.env): KeptTranslations {
  const folder = cacheFolder("translations", environment);
  if (folder === null) return nowhere;
  return {
    get: async (name, is, scenarioOf, make) => {
      const key = digestOf(`${generatorPrint()}\n${process.version}\n${name}`);
      const known = read(folder.read(key));
      if (known !== null && is(known)) return known;
      const made = await make();
      const value = portable(made, scenarioOf(made));
      if (value !== null) folder.write(key, serialize(value));
      return made;
    },
  };
}

/** What a file says; its digest was right, so that it is what this lab wrote. */
function read(bytes: Buffer | null): object | null {
  if (bytes === null) return null;
  try {
    const value: unknown = deserialize(bytes);
    return isPortable(value) ? revived(value) : null;
  } catch {
    return null;
  }
}

const isPortable = (of: unknown): of is Portable =>
  typeof of === "object" && of !== null && "value" in of && "own" in of && "firsts" in of;
