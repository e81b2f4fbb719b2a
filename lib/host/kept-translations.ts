/** What was translated, in the user's cache folder: a file for each, by all that it was made of. */
import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { KeptTranslations } from "../machine/translate/kept-translations.js";
import { type Portable, portable, revived } from "../machine/translate/portable.js";
import { cacheFolder, digestOf } from "./cache-folder.js";
import { generatorPrint } from "./generator-print.js";

/**
 * Returns what keeps translations in the user's cache folder; null where `LOCKDEP_LAB_CACHE` is `off`.
 *
 * A file is read only if it is whole, of the same lab and Node, and the user's own. No result is kept: what is
 * read is searched as what is made.
 */
export function keptTranslations(
  environment: NodeJS.ProcessEnv = process.env,
): KeptTranslations | null {
  const folder = cacheFolder("translations", environment);
  if (folder === null) return null;
  const keyOf = (name: string): string =>
    digestOf(`${generatorPrint()}\n${process.version}\n${name}`);
  return {
    read: (name, is) => {
      const known = read(folder.read(keyOf(name)));
      return known !== null && is(known) ? known : null;
    },
    keep: (name, of, scenario) => {
      const value = portable(of, scenario);
      if (value !== null) folder.write(keyOf(name), deflateRawSync(serialize(value), { level: 1 }));
    },
  };
}

/** What a file says; its digest was right, so that it is what this lab wrote. */
function read(bytes: Buffer | null): object | null {
  if (bytes === null) return null;
  try {
    const value: unknown = deserialize(inflateRawSync(bytes));
    return isPortable(value) ? revived(value) : null;
  } catch {
    return null;
  }
}

const isPortable = (of: unknown): of is Portable =>
  typeof of === "object" && of !== null && "value" in of && "own" in of && "firsts" in of;
