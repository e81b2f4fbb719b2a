/**
 * Makes tslab's own compiler strict, and spares it the type packages of the lab's own libraries: tslab
 * takes no tsconfig.json, so its one call that names the options is given two more. Must run before
 * `tslab/dist/converter.js` is loaded.
 */
import { createRequire } from "node:module";

/** Replaces the TypeScript that tslab will load with one whose programs are strict. */
export function makeTslabStrict(): void {
  const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/dist/jupyter.js"));
  const name = fromTslab.resolve("@tslab/typescript-for-tslab");
  const typescript: unknown = fromTslab(name);
  const loaded = fromTslab.cache[name];
  if (loaded === undefined || !hasCompilerHost(typescript)) {
    throw new Error("this tslab has another TypeScript than 1.0.22: run npm ci");
  }
  const { createWatchCompilerHost } = typescript;
  loaded.exports = {
    ...typescript,
    createWatchCompilerHost: (roots: unknown, options: object, ...rest: readonly unknown[]) =>
      // Without `types` all of node_modules/@types would be read, which is half of a kernel's start.
      createWatchCompilerHost(roots, { ...options, strict: true, types: ["node"] }, ...rest),
  };
}

interface CompilerHosts {
  readonly createWatchCompilerHost: (...args: readonly unknown[]) => unknown;
}

function hasCompilerHost(module: unknown): module is CompilerHosts {
  return (
    typeof module === "object" &&
    module !== null &&
    "createWatchCompilerHost" in module &&
    typeof module.createWatchCompilerHost === "function"
  );
}
