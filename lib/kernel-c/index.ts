export { c, kernelCFrom, type KernelC, type KernelCOptions, type RunText } from "./kernel-c.js";
export { KernelCError, type Fault, type Span } from "./errors/index.js";
export type { ParserModules } from "./parse/parser.js";
export { PatchError, type Patched, applyPatchTo } from "./patch/index.js";
