/**
 * Kernel C: a subset of the kernel's own language, translated to scenarios, with errors that name line
 * and column.
 *
 * @module kernel-c
 */
export {
  c,
  type HostedOptions,
  type KernelC,
  type KernelCOptions,
  type RunText,
} from "./kernel-c.js";
export type { SourceFile } from "./parse/source.js";
export type { Host, MakeHost, Runner } from "./translate/host.js";
export type { FirstValue } from "./translate/declare/storage.js";
export type { Outside } from "./translate/attempt.js";
export { type KernelCText, toKernelC } from "./print/index.js";
export { KernelCError, type Fault, type Span } from "./errors/index.js";
