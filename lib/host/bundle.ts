/** The quick commands as one file, run with V8's bytecode of what an earlier run has called. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { digestOf } from "./cache-folder.js";
import { keptScript } from "./kept-script.js";

/** What the build writes, and of what: it is used only where the modules are still those that it was made of. */
const [file, record] = ["lab.cjs", ".tsbuildinfo"];

/**
 * The function that the file is: given the addresses that its modules had, by their paths below the build's folder,
 * and what imports modules that are not part of it.
 */
type Bundle = (
  module: { exports: object },
  require: NodeJS.Require,
  urlOf: (module: string) => string,
  load: (address: string) => Promise<unknown>,
) => void;

const isRunnable = (of: object): of is { readonly runQuick: () => Promise<void> } =>
  "runQuick" in of && typeof of.runQuick === "function";

/**
 * Returns what runs the command line from the one file; null where that is missing or older than the modules.
 *
 * To read 700 modules and to compile what is called of them takes longer than most answers. What V8 has compiled is
 * kept in the user's cache folder for each command, `LOCKDEP_LAB_CACHE=off` apart.
 *
 * @param command the name of the subcommand
 * @param folder that of the build
 */
export function bundled(
  command: string,
  folder: string = fileURLToPath(new URL("..", import.meta.url)),
  environment: NodeJS.ProcessEnv = process.env,
): (() => Promise<void>) | null {
  const path = join(folder, file);
  const source = textOf(path);
  if (source?.startsWith(`// ${buildOf(folder)}\n`) !== true) return null;
  const { script, keep } = keptScript(source, path, {
    room: "commands",
    use: command,
    environment,
  });
  // At the end, since functions are compiled when they are first called.
  process.once("exit", keep);
  const run = script.runInThisContext() as Bundle;
  const module = { exports: {} };
  const urlOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  run(module, createRequire(path), urlOf, (address) => import(address));
  const { exports } = module;
  return isRunnable(exports) ? exports.runQuick : null;
}

/** The file is ASCII, so that V8 keeps a byte for each letter. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

function buildOf(folder: string): string {
  try {
    return digestOf(readFileSync(join(folder, record)));
  } catch {
    return "";
  }
}
