export * from "./figure.js";
export { inScheme, palette, type Scheme, type Tone } from "./palette.js";
export { decodeUsage, usageBits, type UsageBit } from "./usage-bits.js";
export { lockGraph, type LockGraphOptions } from "./lock-graph.js";
export { raceMatrix, type RaceEntry, type RaceMatrix } from "./race-matrix.js";
export { depthProfile, statesByDepth, type DepthProfile } from "./states-by-depth.js";
export {
  verdictMatrix,
  type QuadrantName,
  type VerdictEntry,
  type VerdictMatrixOptions,
} from "./verdict-matrix.js";
export { annotatedSplat } from "./annotated-splat.js";
export { splatParts, type SplatPart } from "./splat-parts.js";
export { scorecard, type Score } from "./scorecard.js";
export { sequenceDiagram } from "./sequence.js";
export { timeline } from "./timeline.js";
export {
  traceOf,
  type Context,
  type CpuView,
  type TakenLock,
  type Trace,
  type TraceState,
  type TraceStep,
} from "./trace.js";
export { callChains } from "./call-chains.js";
export { callRows, eventsInside, type CallPath, type CallRow } from "./call-rows.js";
export { lockdepAlong, type LockdepView } from "./lockdep-along.js";
export { stepPlayer } from "./step-player.js";
export { counterexample } from "./counterexample.js";
export { instanceGraph } from "./instance-graph.js";
export {
  instancesOf,
  type InstanceCircle,
  type InstanceEdge,
  type InstanceGraph,
  type InstanceNode,
  type Occurrence,
} from "./instance-edges.js";
export { wander } from "./wander.js";
export { stateGraph, type StateGraphOptions } from "./state-graph.js";
export { packFrames, unpackFrames, type PackedFrames } from "./packed-frames.js";
export { untilClosed } from "./closed-circle.js";
export { drawSplat, type SplatFigures } from "./splat-figures.js";
