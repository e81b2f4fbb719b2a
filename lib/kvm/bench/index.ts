/** The bench, on which fixes of the case are judged. */
export { type Bug, type BugName, bugCalled, bugNamed, triedBugs } from "./bug.js";
export type { Cost } from "./cost.js";
export type { Fate, TriedBug } from "./fate.js";
export { type Given, textOf } from "./given.js";
export type { Heard } from "./heard.js";
export {
  type FixVerdict,
  type JudgeOptions,
  hiddenBugs,
  judge,
  type Unfixed,
  smallestHidden,
  unfixed,
} from "./judge.js";
export { type JudgeMemory, judgeMemory } from "./memory.js";
export { fateText, printVerdict } from "./print.js";
export { reasonOf } from "./reason.js";
export { type FixScore, scoreOf } from "./score.js";
