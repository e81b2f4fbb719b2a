/** Makes the folder that a command writes into. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are missing, one after the other: where a file system
 * takes no folders, as /proc, the `recursive` of `mkdir` never ends.
 *
 * @throws Error of `mkdir` where one cannot be made
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let one = resolve(folder); !existsSync(one); one = dirname(one)) missing.unshift(one);
  for (const one of missing) mkdirSync(one);
}
