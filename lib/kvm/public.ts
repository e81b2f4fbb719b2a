/**
 * KVM's posted interrupts: the code of the three paths, what was proposed against the report, what could
 * go wrong, and the studies that the notebooks make of it.
 *
 * @module kvm
 */
export {
  mergedRule,
  PI_LOCK_SCHED_OUT,
  unannotated,
  type Annotation,
  type Subclass,
  type Subclasses,
} from "./variations/annotation.js";
export { VCPU } from "./c/vcpu.js";
export { kvm } from "./kvm.js";
export type { KvmSize } from "./variations/size.js";
export {
  changes,
  fixes,
  furtherPaths,
  mutants,
  type FixBehaviour,
  type ChangeName,
  type Fix,
  type FixName,
  type FurtherPathName,
  type KvmOptions,
  type Mutant,
  type MutantName,
  type MutantNumber,
  type Variation,
} from "./variations/index.js";
export { type KvmTextOptions, fixPatch, kvmFiles } from "./c/kvm-files.js";
export { annotationPatch } from "./c/annotation-patch.js";
export { kvmInC } from "./c/kvm-in-c.js";
export { pathsOnce, type PathsOnce } from "./c/paths-once.js";
export type { BugName } from "./bench/bug.js";
export type { Cost } from "./bench/cost.js";
export type { Fate, TriedBug } from "./bench/fate.js";
export type { Given } from "./bench/given.js";
export type { Heard } from "./bench/heard.js";
export {
  type FixVerdict,
  type JudgeOptions,
  type Unfixed,
  hiddenBugs,
  judge,
  unfixed,
} from "./bench/judge.js";
export { type JudgeMemory, judgeMemory } from "./bench/memory.js";
export { printVerdict } from "./bench/print.js";
export { type FixScore, scoreOf } from "./bench/score.js";
export { kvmFunction } from "./c/function-text.js";
export { lockdepInC, lockdepInOrders, lockdepVerdict } from "./c/lockdep-in-order.js";
export * from "./study/affinity-deadlock.js";
export {
  type Candidate,
  type Rejection,
  type Synthesis,
  type SynthesisOptions,
  printAnnotation,
  synthesize,
} from "./study/annotation-search.js";
export * from "./study/certificate.js";
export * from "./study/failing-mutants.js";
export {
  type BootWake,
  type OrderVerdict,
  type OrdersVerdict,
  type PathLetter,
  booted,
  kernelOrders,
  verdictOf,
} from "./c/orders.js";
export {
  matrix,
  mutantCells,
  type Cell,
  type ExplorerVerdict,
  type MatrixEntry,
  type MatrixOptions,
} from "./study/matrix.js";
export { races, type PathName, type Races } from "./study/races.js";
export {
  type KvmBound,
  type KvmLimits,
  type SmallestKvmOptions,
  smallestKvm,
} from "./study/smallest.js";
export { waits, type Wait, type Waits } from "./study/waits.js";
