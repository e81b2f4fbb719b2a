export * from "./draw/figure.js";
export { inScheme, palette, type Scheme, type Tone } from "./draw/palette.js";
export { decodeUsage, usageBits, type UsageBit } from "./tables/usage-bits.js";
export { caseText, type CaseText, wrapped } from "./report/case-text.js";
export { lockGraph, type LockGraphOptions } from "./graphs/lock-graph.js";
export { orderGraph, type OrderGraphOptions } from "./graphs/order-graph.js";
export { raceMatrix, type RaceEntry, type RaceMatrix } from "./tables/race-matrix.js";
export { depthProfile, statesByDepth, type DepthProfile } from "./tables/states-by-depth.js";
export {
  verdictMatrix,
  type VerdictEntry,
  type VerdictMatrixOptions,
} from "./tables/verdict-matrix.js";
export { annotatedSplat } from "./report/annotated-splat.js";
export { splatParts, type SplatPart, type SplatPartRow } from "./report/splat-parts.js";
export { scorecard, type Score } from "./tables/scorecard.js";
export { sequenceDiagram } from "./timeline/sequence.js";
export { timeline } from "./timeline/timeline.js";
export {
  traceOf,
  type CpuView,
  type TakenLock,
  type Trace,
  type TraceState,
  type TraceStep,
} from "./trace/trace.js";
export type { Context } from "./trace/followed.js";
export { callChains } from "./report/call-chains.js";
export { callRows, eventsInside, type CallPath, type CallRow } from "./report/call-rows.js";
export { whyNoCircle } from "./trace/broken-circle.js";
export { lockdepAlong, type LockdepView } from "./trace/lockdep-along.js";
export { stepPlayer, type StepPlayerOptions } from "./player/player.js";
export { counterexample, counterexampleTrace } from "./timeline/counterexample.js";
export { verdictSquare } from "./tables/verdict-square.js";
export { addedOrders, type AddedOrder } from "./graphs/added-orders.js";
export { circleSteps } from "./player/circle-steps.js";
export { instanceGraph } from "./graphs/instance-graph.js";
export {
  instancesOf,
  type InstanceCircle,
  type InstanceEdge,
  type InstanceGraph,
  type InstanceNode,
  type Occurrence,
} from "./graphs/instances.js";
export { stateGraph, type StateGraphOptions } from "./graphs/state-graph.js";
export { packFrames, unpackFrames, type Frame, type PackedFrames } from "./draw/packed-frames.js";
export { drawSplat, type SplatFigures } from "./report/splat-figures.js";
