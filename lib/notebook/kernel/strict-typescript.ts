/**
 * Makes tslab's own compiler strict, spares it the type packages of the lab's own libraries, and lets it find the names
 * of earlier cells: tslab takes no tsconfig.json, so its one call that names the options is given two more. Must run
 * before `tslab/dist/converter.js` is loaded.
 */
import { createRequire } from "node:module";
import type ts from "typescript";
import { makeLightPrograms } from "./cell-programs.js";
import { visitingEarlierNames } from "./earlier-names.js";

/** Replaces the TypeScript that tslab will load with one whose programs are strict. */
export function makeTslabStrict(): void {
  const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/dist/jupyter.js"));
  const name = fromTslab.resolve("@tslab/typescript-for-tslab");
  const typescript: unknown = fromTslab(name);
  const loaded = fromTslab.cache[name];
  if (loaded === undefined || !isTypeScript(typescript)) {
    throw new Error("this tslab has another TypeScript than 1.0.22: run npm ci");
  }
  const createWatchCompilerHost: unknown = typescript.createWatchCompilerHost;
  if (!isFunction(createWatchCompilerHost)) throw new Error("this TypeScript watches no files");
  loaded.exports = {
    ...typescript,
    visitEachChild: visitingEarlierNames(typescript),
    createWatchCompilerHost: (roots: unknown, options: object, ...rest: readonly unknown[]) => {
      // Without `types` all of node_modules/@types would be read, which is half of a kernel's start.
      const own = { ...options, strict: true, types: ["node"] };
      const host = createWatchCompilerHost(roots, own, ...rest);
      makeLightPrograms(typescript, host);
      return host;
    },
  };
}

const isFunction = (of: unknown): of is (...given: readonly unknown[]) => unknown =>
  typeof of === "function";

const isTypeScript = (module: unknown): module is typeof ts =>
  typeof module === "object" &&
  module !== null &&
  "createWatchCompilerHost" in module &&
  "visitEachChild" in module;
