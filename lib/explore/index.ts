export * from "./result/result.js";
export { explore, exploreModel } from "./explore.js";
export {
  meetings,
  pathIn,
  type Meeting,
  type MeetingQuestion,
  type Meetings,
  type PathFunctions,
} from "./query/contention.js";
export type { Reductions } from "./result/reductions.js";
export * from "./counterexample/print.js";
export { inTheWay } from "./counterexample/standing-words.js";
export { certainFrom } from "./counterexample/certain-from.js";
export { untilAllStand } from "./counterexample/until-all-stand.js";
export { changelogTimeline } from "./changelog/index.js";
export { census, type Census, type Counted } from "./query/census.js";
export {
  behavioursOf,
  type Behaviour,
  type BehaviourKind,
  type Behaviours,
} from "./query/behaviours.js";
export { compare, printComparison, type Comparison } from "./query/compare.js";
export * from "./promela.js";
export * from "./query/smallest.js";
export { starvation, type Starvation, type Starving } from "./deadlock/starvation.js";
export * from "./counterexample/shrink.js";
export { showsProperty } from "./counterexample/violates.js";
export { stuckIn } from "./deadlock/stuck-from.js";
