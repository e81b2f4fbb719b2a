/** Folders that a process has made for itself and could not take away, since it was killed. */
import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

/**
 * Returns a new folder whose name tells which process it belongs to. Made at once: a signal cannot come
 * between the folder and whoever is to take it away.
 */
export function ownFolder(within: string, prefix: string): string {
  return mkdtempSync(join(within, `${prefix}${process.pid}-`));
}

/** Removes the folders of that prefix whose processes are gone. */
export async function removeAbandoned(within: string, prefix: string): Promise<void> {
  for (const name of await readdir(within)) {
    const owner = name.startsWith(prefix)
      ? /^(\d+)-/.exec(name.slice(prefix.length))?.[1]
      : undefined;
    if (owner === undefined || isAlive(Number(owner))) continue;
    // Somebody else's folder, in a place for all: theirs to remove.
    await rm(join(within, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
