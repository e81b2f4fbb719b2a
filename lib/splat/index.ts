/** Reads, explains, draws and replays lockdep reports as the kernel printed them. */
export type { SplatKind } from "./read/kinds.js";
export { readSplats } from "./read/read.js";
export type { FactValue, SplatFacts } from "./facts.js";
export { factsOf } from "./facts.js";
export type * from "./report.js";
