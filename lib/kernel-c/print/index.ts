export { besideStatements, besideText, type BesideFunction, type BesideRow } from "./beside.js";
export { type KernelCText, toKernelC } from "./as-c/to-kernel-c.js";
