/**
 * The explorer: every interleaving of a scenario, what is violated in one of them, and the shortest
 * schedule that gets there.
 *
 * @module explore
 */
export { explore } from "./explore.js";
export * from "./result/result.js";
export type { Reductions } from "./result/reductions.js";
export { printReplay } from "./counterexample/print.js";
export { untilAllStand } from "./counterexample/until-all-stand.js";
export { changelogTimeline } from "./changelog/index.js";
export { shrink } from "./counterexample/shrink.js";
export {
  behavioursOf,
  type Behaviour,
  type BehaviourKind,
  type Behaviours,
} from "./query/behaviours.js";
export { compare, printComparison, type Comparison } from "./query/compare.js";
export { promela, type PromelaOptions } from "./promela.js";
export { starvation, type Starvation, type Starving } from "./deadlock/starvation.js";
export { sizesUpTo, smallest, type Smallest, type Tried } from "./query/smallest.js";
