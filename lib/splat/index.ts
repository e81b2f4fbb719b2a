/** Reads, explains, draws and replays lockdep reports as the kernel printed them. */
export type { SplatKind } from "./read/kinds.js";
export { readSplats } from "./read/read.js";
export type { FactValue, SplatFacts } from "./facts.js";
export { factsOf } from "./facts.js";
export type * from "./report.js";
export { type SplatEdge, edgesOf } from "./explain/edges.js";
export type { SplatAnnotation } from "./explain/annotations.js";
export type { SplatColumns } from "./explain/columns.js";
export { explain, type Explanation, type UsageNote } from "./explain/explain.js";
export { explanationMarkdown } from "./explain/markdown.js";
export { explanationText } from "./explain/text.js";
export type { SplatQuestion } from "./explain/questions.js";
export { type FoldedStack, foldStack } from "./explain/fold-stack.js";
export { type Timeline, type TimelineStep, timelineOf } from "./explain/timeline.js";
export { decodeCharacters, describeUsage, type UsageCharacter } from "./explain/usage.js";
export type { Fidelity, SplatPath, SplatProgram, ToProgram } from "./program/program.js";
export { comesBack, toProgram } from "./program/to-program.js";
export { type ProgramRun, runSplatProgram } from "./program/run.js";
