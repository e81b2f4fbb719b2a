/** Reads, explains, draws and replays lockdep reports as the kernel printed them. */

export { readSplats } from "./read/read.js";
export type { FactValue, SplatFacts } from "./facts.js";
export { factsOf } from "./facts.js";
export type * from "./report/index.js";
export type { SplatEdge, SplatGap } from "./evidence/edges/edge.js";
export { edgesOf } from "./evidence/edges/edges.js";
export type { SplatAnnotation } from "./explain/questions/annotations.js";
export type { SplatColumns } from "./explain/words/columns.js";
export { explain, type Explanation, type UsageNote } from "./explain/explain.js";
export { explanationMarkdown } from "./explain/format/markdown.js";
export { briefText, explanationText, listText } from "./explain/format/text.js";
export type { SplatQuestion } from "./explain/questions/question.js";
export { type FoldedStack, foldStack } from "./stacks/fold-stack.js";
export { type Timeline, type TimelineStep, timelineOf } from "./evidence/timeline.js";
export {
  decodeCharacters,
  describeUsage,
  type UsageCharacter,
} from "./evidence/usage/usage-characters.js";
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
export { scenarioOfScene } from "./scene/scenario.js";
export { sourceOf } from "./scene/source.js";
export { kernelSplats } from "./samples/index.js";
export { hungTasks } from "./samples/hung-tasks.js";
export { kvmPiReport } from "./samples/kvm-pi-report.js";
export { answerOf, type SplatAnswer } from "./answer.js";
export { signatureOf } from "./signature/signature.js";
export type { Signature } from "./signature/named.js";
export { classNameOf } from "./signature/class-name.js";
export { groupReports, type FoundReport, type ReportGroup } from "./signature/group.js";
export type { OrderCircle, OrderEdge, OrderGraph, Witness } from "./order/order.js";
export { readOrder, type OrderRead, type OrderText } from "./read-order.js";
export { orderOfReport } from "./order/of-report.js";
export { orderOfProc } from "./order/of-proc.js";
export {
  type ProcChain,
  type ProcClass,
  type ProcLockdep,
  readProcLockdep,
} from "./order/read-proc.js";
export { type CircleBounds, type CirclesFound, circlesIn } from "./order/circles.js";
export { type Cut, smallestCut } from "./order/cut.js";
export { changed, type OrderChange, type Split } from "./order/change.js";
export { type OrderSelection, selected } from "./order/select.js";
export { circleName, whatIf, type WhatIf, type WhatIfQuestion } from "./order/what-if.js";
export { whatIfText } from "./order/text.js";
export type { LockTrace, TraceEvent } from "./trace/event.js";
export { readLockTrace } from "./trace/read-trace.js";
export { replayTrace, type TraceReplay } from "./trace/replay-trace.js";
export type { TraceEdge, TraceWitness } from "./trace/edges.js";
export { instancesOf } from "./trace/instances.js";
export { orderOfTrace } from "./trace/of-trace.js";
export { traceText } from "./trace/text.js";
export { type LikelyOwner, type ListedTask, readTasks } from "./waits/read.js";
export { type TaskWait, waitsOf } from "./waits/wait-for.js";
export { explainWaits, waitsText, type WaitsExplanation } from "./waits/words.js";
export { sceneOfWaits } from "./scene/waits-scene.js";
export { type Premise, premisesOf } from "./scene/premises.js";
export { premiseTable, premiseText, type PremiseRow } from "./scene/premise-table.js";
