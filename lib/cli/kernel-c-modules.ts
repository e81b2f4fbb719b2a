/** Where the WebAssembly of the C parser is: in the packages that it comes from. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type KernelC, type ParserModules, kernelCFrom } from "../kernel-c/index.js";

/** Returns the modules of the parser, from the installed packages. */
export function parserModules(): ParserModules {
  const require = createRequire(import.meta.url);
  const bytes = (name: string): Uint8Array => readFileSync(require.resolve(name));
  return {
    runtime: bytes("web-tree-sitter/web-tree-sitter.wasm"),
    grammar: bytes("tree-sitter-c/tree-sitter-c.wasm"),
  };
}

/** Returns what turns kernel C into scenarios, with the parser of the installed packages. */
export const loadKernelC = (): Promise<KernelC> => kernelCFrom(parserModules());
