/** A CommonJS module, run with V8's bytecode of what an earlier process has called of it. */
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname } from "node:path";
import { type KeptScript, keptScript } from "./kept-script.js";

type Wrapped = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  folder: string,
) => void;

/** A module and its bytecode. */
export interface KeptModule extends Pick<KeptScript, "keep"> {
  /** As it stands in the cache of `require`. */
  readonly module: NodeJS.Module;
}

/**
 * Loads a module as `require()` does, which finds it from then on.
 *
 * @param require from where it is asked for
 * @param path the file that it resolves to
 */
export function keptModule(
  require: NodeJS.Require,
  path: string,
  environment: NodeJS.ProcessEnv = process.env,
): KeptModule {
  const source = Module.wrap(readFileSync(path, "utf8"));
  const { script, keep } = keptScript(source, path, { room: "modules", use: "", environment });
  const module = new Module(path);
  module.filename = path;
  require.cache[path] = module;
  try {
    const run = script.runInThisContext() as Wrapped;
    run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
    module.loaded = true;
  } catch (error) {
    Reflect.deleteProperty(require.cache, path);
    throw error;
  }
  return { module, keep };
}
