export * from "./figure.js";
export { inScheme, palette, type Scheme, type Tone } from "./palette.js";
export { decodeUsage, usageBits, type UsageBit } from "./usage-bits.js";
export { lockGraph, type LockGraphOptions } from "./lock-graph.js";
