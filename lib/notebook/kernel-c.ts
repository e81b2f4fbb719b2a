/** Kernel C in cells: finds the parser's WebAssembly wherever a notebook runs. */
import { optimisedLate } from "../host/baseline-wasm.js";
import { type KernelC, type ParserModules, kernelCFrom } from "../kernel-c/index.js";

/** The property of the global object that holds the modules, where there are no packages: in a page. */
export const parserModulesKey: unique symbol = Symbol.for("lockdep-lab.parser-modules");

/**
 * Returns what turns kernel C into scenarios, with the parser loaded.
 *
 * @throws Error if the parser's modules cannot be found: `npm install` brings them
 * @example
 * const kernelC = await loadKernelC();
 * kernelC("static DEFINE_MUTEX(a);\nstatic void f(void) {}", { threads: ["f on 0"] }).name // "kernel.c"
 */
export function loadKernelC(): Promise<KernelC> {
  const given: unknown = Reflect.get(globalThis, parserModulesKey);
  return isModules(given)
    ? kernelCFrom(given)
    : optimisedLate(() => kernelCFrom(installedModules()));
}

/** The modules of the installed packages; looked up at run time, since a page has no `node:module`. */
function installedModules(): ParserModules {
  const { createRequire } = process.getBuiltinModule("node:module");
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const require = createRequire(import.meta.url);
  const bytes = (name: string): Uint8Array => readFileSync(require.resolve(name));
  return {
    runtime: bytes("web-tree-sitter/web-tree-sitter.wasm"),
    grammar: bytes("tree-sitter-c/tree-sitter-c.wasm"),
  };
}

function isModules(value: unknown): value is ParserModules {
  if (typeof value !== "object" || value === null) return false;
  return "runtime" in value && "grammar" in value;
}
