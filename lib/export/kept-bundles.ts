/** Bundles of the browser's programs in the user's cache folder: to make one anew takes seconds. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type CacheFolder, digestOf } from "../host/cache-folder.js";

/** What else than the sources of `lib` a bundle is made of: packages, and declarations that were built. */
const others = [
  "package.json",
  "package-lock.json",
  "node_modules/.package-lock.json",
  "dist/.tsbuildinfo",
];

/** Returns a text that changes with whatever a bundle is made of: each file's name, size and time. */
export function sourcesPrint(root: string): string {
  const below = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" }).sort();
  const names = [...others, ...below.map((name) => join("lib", name))];
  return digestOf(
    [root, ...names.map((name) => `${name} ${stampOf(join(root, name))}`)].join("\n"),
  );
}

function stampOf(file: string): string {
  const of = statSync(file, { throwIfNoEntry: false });
  return of?.isFile() === true ? `${String(of.size)} ${String(of.mtimeMs)}` : "";
}

/**
 * Returns a bundle as it was made from the same sources, or makes and keeps it.
 *
 * @param folder null where nothing is kept
 */
export async function keptBundle(
  folder: CacheFolder | null,
  print: string,
  name: string,
  make: () => Promise<string>,
): Promise<string> {
  const key = digestOf(`${print}\n${process.version}\n${name}`);
  const known = folder?.read(key);
  if (known !== null && known !== undefined) return known.toString("utf8");
  const made = await make();
  folder?.write(key, Buffer.from(made));
  return made;
}
