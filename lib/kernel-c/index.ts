export {
  c,
  kernelCFrom,
  type HostedOptions,
  type KernelC,
  type KernelCOptions,
  type RunText,
} from "./kernel-c.js";
export type { SourceFile } from "./parse/source.js";
export type { Host, MakeHost, Runner } from "./translate/host.js";
export {
  KernelCError,
  type Fault,
  type Faulty,
  type Span,
  faultsInCell,
  isFaulty,
} from "./errors/index.js";
export {
  besideStatements,
  besideText,
  type BesideFunction,
  type BesideRow,
  type KernelCText,
  toKernelC,
} from "./print/index.js";
export { kernelCWords } from "./words.js";
export type { ParserModules } from "./parse/parser.js";
export {
  PatchError,
  type Patched,
  type PatchedFiles,
  applyPatchTo,
  applyPatchToFiles,
  findDiff,
  type MarkedLine,
  markedLines,
  recounted,
} from "./patch/index.js";
