/** The files of notebooks that are named on a command line. */
import { readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { UnknownNameError } from "../../primitives/named.js";

/**
 * Returns the files of notebooks, all of the folder's in reading order when none is named.
 *
 * @param names of the folder's notebooks, whole (`01-the-splat`) or by their number (`01`), or paths
 * @throws UnknownNameError naming the nearest, where there is no such notebook or file, or a folder
 */
export function findNotebooks(names: readonly string[], folder: string): string[] {
  const stems = stemsIn(folder);
  const all = stems.map((stem) => join(folder, `${stem}.ipynb`));
  if (names.length === 0) return all;
  return names.map((name) => {
    const stem = basename(name, ".ipynb");
    const own =
      stems.find((one) => one === stem) ?? stems.find((one) => one.startsWith(`${stem}-`));
    const isName = name === stem || name === `${stem}.ipynb`;
    if (isName && own !== undefined) return join(folder, `${own}.ipynb`);
    if (statSync(name, { throwIfNoEntry: false })?.isFile() === true) return resolve(name);
    throw new UnknownNameError("notebook", isName ? stem : name, stems);
  });
}

function stemsIn(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith(".ipynb"));
    return files.sort().map((file) => basename(file, ".ipynb"));
  } catch {
    return [];
  }
}
