export * from "./figure.js";
export { inScheme, palette, type Scheme, type Tone } from "./palette.js";
export { decodeUsage, usageBits, type UsageBit } from "./usage-bits.js";
export { lockGraph, type LockGraphOptions } from "./lock-graph.js";
export { raceMatrix, type RaceEntry, type RaceMatrix } from "./race-matrix.js";
export { statesByDepth, type DepthProfile } from "./states-by-depth.js";
export {
  verdictMatrix,
  type QuadrantName,
  type VerdictEntry,
  type VerdictMatrixOptions,
} from "./verdict-matrix.js";
export { annotatedSplat } from "./annotated-splat.js";
export { splatParts, type SplatPart } from "./splat-parts.js";
