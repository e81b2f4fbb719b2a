/**
 * Reports of lockdep as kernels print them: read, explained, made programs of, and printed.
 *
 * @module splat
 */
export { readSplats } from "./read/read.js";
export type { FactValue, SplatFacts } from "./facts.js";
export type * from "./report/index.js";
export type { SplatEdge, SplatGap } from "./evidence/edges/edge.js";
export type { SplatAnnotation } from "./explain/questions/annotations.js";
export type { SplatColumns } from "./explain/words/columns.js";
export { explain, type Explanation, type UsageNote } from "./explain/explain.js";
export { explanationMarkdown } from "./explain/format/markdown.js";
export { briefText, explanationText, listText } from "./explain/format/text.js";
export type { SplatQuestion } from "./explain/questions/question.js";
export { type FoldedStack, foldStack } from "./stacks/fold-stack.js";
export { type Timeline, type TimelineStep, timelineOf } from "./evidence/timeline.js";
export type { Fidelity, SplatPath, SplatProgram, ToProgram } from "./program/program.js";
export { comesBack, toProgram } from "./program/to-program.js";
export { type ProgramRun, runSplatProgram } from "./program/run.js";
export type {
  Scene,
  SceneHandler,
  SceneLock,
  SceneLockKind,
  SceneStep,
  SceneThread,
  SceneWait,
} from "./scene/scene.js";
export { sceneOf } from "./scene/scene-of.js";
export { sourceOfC } from "./scene/source-c.js";
export { sourceOf } from "./scene/source.js";
export { kernelSplats } from "./samples/index.js";
export { hungTasks } from "./samples/hung-tasks.js";
export { kvmPiReport } from "./samples/kvm-pi-report.js";
export { type SplatAnswer } from "./answer.js";
export { signatureOf } from "./signature/signature.js";
export type { Signature } from "./signature/named.js";
export { groupReports, type FoundReport, type ReportGroup } from "./signature/group.js";
export type { OrderCircle, OrderEdge, OrderGraph, Witness } from "./order/order.js";
export { readOrder, type OrderRead, type OrderText } from "./read-order.js";
export { orderOfReport } from "./order/of-report.js";
export { type CircleBounds, type CirclesFound } from "./order/circles.js";
export { type Cut, smallestCut } from "./order/cut.js";
export { changed, type OrderChange, type Split } from "./order/change.js";
export { whatIf, type WhatIf, type WhatIfQuestion } from "./order/what-if.js";
export { whatIfText } from "./order/text.js";
export type { LockTrace, TraceEvent } from "./trace/event.js";
export { readLockTrace } from "./trace/read-trace.js";
export { replayTrace, type TraceReplay } from "./trace/replay-trace.js";
export type { TraceEdge, TraceWitness } from "./trace/edges.js";
export { orderOfTrace } from "./trace/of-trace.js";
export { traceText } from "./trace/text.js";
export { type LikelyOwner, type ListedTask, readTasks } from "./waits/read.js";
export { type TaskWait, waitsOf } from "./waits/wait-for.js";
export { explainWaits, waitsText, type WaitsExplanation } from "./waits/words.js";
export { sceneOfWaits } from "./scene/waits-scene.js";
export type { Premise } from "./scene/premises.js";
export { premiseTable, premiseText, type PremiseRow } from "./scene/premise-table.js";
export { printReport } from "./print/index.js";
