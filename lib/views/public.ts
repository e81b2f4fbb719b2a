/**
 * Figures: each is a function from a result to an image with its text, the same for the same input.
 *
 * @module views
 */
export { imageTag, mimeBundle } from "./draw/figure.js";
export type { Figure, Json, MimeBundle, PlotlySpec } from "./draw/figure.js";
export { source, type SourceOptions } from "./code/source.js";
export { inScheme, type Scheme } from "./draw/palette.js";
export { addedOrders, type AddedOrder } from "./graphs/added-orders.js";
export { circleSteps } from "./player/circle-steps.js";
export { instanceGraph } from "./graphs/instance-graph.js";
export { lockGraph, type LockGraphOptions } from "./graphs/lock-graph.js";
export { orderGraph, type OrderGraphOptions } from "./graphs/order-graph.js";
export { stateGraph, type StateGraphOptions } from "./graphs/state-graph.js";
export { waitGraph } from "./graphs/wait-graph.js";
export { stepPlayer, type StepPlayerOptions } from "./player/player.js";
export { annotatedSplat } from "./report/annotated-splat.js";
export { caseText, type CaseText } from "./report/case-text.js";
export { callChains } from "./report/call-chains.js";
export { eventsInside, type CallPath } from "./report/call-rows.js";
export { drawSplat, type SplatFigures } from "./report/splat-figures.js";
export { besideStatements } from "./tables/beside-statements.js";
export { raceMatrix, type RaceEntry, type RaceMatrix } from "./tables/race-matrix.js";
export { scorecard, type Score } from "./tables/scorecard.js";
export { depthProfile, statesByDepth, type DepthProfile } from "./tables/states-by-depth.js";
export { decodeUsage, usageBits, type UsageBit } from "./tables/usage-bits.js";
export {
  verdictMatrix,
  type VerdictEntry,
  type VerdictMatrixOptions,
} from "./tables/verdict-matrix.js";
export { counterexample, counterexampleTrace } from "./timeline/counterexample.js";
export { verdictSquare, type Placed } from "./tables/verdict-square.js";
export { sequenceDiagram } from "./timeline/sequence.js";
export { timeline } from "./timeline/timeline.js";
export { whyNoCircle } from "./trace/broken-circle.js";
export { lockdepAlong, type LockdepView } from "./trace/lockdep-along.js";
export {
  traceOf,
  type CpuView,
  type Trace,
  type TraceState,
  type TraceStep,
} from "./trace/trace.js";
