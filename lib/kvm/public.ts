/**
 * KVM's posted interrupts: the code of the three paths, what was proposed against the report, what could
 * go wrong, and the studies that the notebooks make of it.
 *
 * @module kvm
 */
export {
  annotate,
  mergedRule,
  PI_LOCK_SCHED_OUT,
  taking,
  unannotated,
  type Annotation,
  type Subclasses,
} from "./code/annotation.js";
export { baseCode } from "./code/base-code.js";
export type * from "./code/code.js";
export { VCPU } from "./code/vcpu.js";
export { kvm, scenarioOf } from "./kvm.js";
export type { KvmSize } from "./variations/size.js";
export {
  changes,
  codeOf,
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
export { pathsOnceInC, type PathsOnce } from "./c/paths-once.js";
export * from "./bench/index.js";
export { kvmFunction } from "./c/function-text.js";
export { dependenciesOf, lockdepInC, lockdepInOrdersOfC } from "./c/lockdep-in-c.js";
export * from "./study/affinity-deadlock.js";
export * from "./study/annotation-search.js";
export * from "./study/certificate.js";
export * from "./study/failing-mutants.js";
export * from "./c/orders.js";
export * from "./study/lockdep-in-order.js";
export {
  changeCells,
  matrix,
  mutantCells,
  type Cell,
  type ExplorerVerdict,
  type MatrixEntry,
  type MatrixOptions,
} from "./study/matrix.js";
export { races, type PathName, type Races } from "./study/races.js";
export * from "./study/smallest.js";
export { waits, type Wait, type Waits } from "./study/waits.js";
