/** A file run with V8's bytecode of what an earlier process has called of it. */
import { statSync } from "node:fs";
import { Script } from "node:vm";
import { cacheFolder, digestOf } from "./cache-folder.js";

/** A script of a file. */
export interface KeptScript {
  readonly script: Script;
  /**
   * Keeps the bytecode of what was called until now in the user's cache folder, unless it was kept before or
   * `LOCKDEP_LAB_CACHE` is `off`.
   */
  readonly keep: () => void;
}

/** Where bytecode is kept, and for what. */
export interface KeptFor {
  /** A folder in the user's cache folder. */
  readonly room: string;
  /** What tells one use of the file from another, of which other functions are called. */
  readonly use: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Returns the script of a file.
 *
 * @param source what is run, in which the file's text stands
 */
export function keptScript(
  source: string,
  path: string,
  { room, use, environment }: KeptFor,
): KeptScript {
  const shelf = cacheFolder(room, environment);
  const { size, mtimeMs } = statSync(path);
  const key = digestOf(
    [path, size, mtimeMs, process.version, flagsIn(environment), use].join("\n"),
  );
  const cachedData = shelf?.read(key) ?? undefined;
  const script = new Script(source, {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  let isKept = cachedData !== undefined && script.cachedDataRejected !== true;
  const keep = (): void => {
    if (shelf === null || isKept) return;
    isKept = true;
    shelf.write(key, script.createCachedData());
  };
  return { script, keep };
}

/** Returns the flags of this process; V8 refuses bytecode that was made under others. */
export const flagsIn = (environment: NodeJS.ProcessEnv): string =>
  [...process.execArgv, environment["NODE_OPTIONS"] ?? ""].join(" ");
