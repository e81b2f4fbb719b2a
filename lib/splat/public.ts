/**
 * Reports of lockdep as kernels print them: read, explained, made programs of, and printed.
 *
 * @module splat
 */
export * from "./index.js";
export { printReport } from "./print/index.js";
