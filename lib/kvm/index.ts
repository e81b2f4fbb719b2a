/**
 * The case of the false positive. Where to look: paths/ is the kernel's code, variations/ what can be
 * changed about it, kvm.ts puts a scenario together.
 */
export * from "./code/annotation.js";
export { baseCode } from "./code/base-code.js";
export type * from "./code/code.js";
export { type KvmTextOptions, fixPatch, kvmFiles } from "./c/kvm-files.js";
export { annotationPatch } from "./c/annotation-patch.js";
export { kvmInC } from "./c/kvm-in-c.js";
export { pathsOnceInC, type PathsOnce } from "./c/paths-once.js";
export * from "./bench/index.js";
export { dependenciesOf, lockdepInC, lockdepInOrdersOfC } from "./c/lockdep-in-c.js";
export * from "./study/affinity-deadlock.js";
export { kvmWarnings } from "./study/bound-warnings.js";
export * from "./study/certificate.js";
export * from "./study/failing-mutants.js";
export * from "./kvm.js";
export type { KvmSize } from "./variations/size.js";
export * from "./study/matrix.js";
export * from "./c/orders.js";
export * from "./study/lockdep-in-order.js";
export { races, type PathName, type Races } from "./study/races.js";
export * from "./study/smallest.js";
export * from "./study/annotation-search.js";
export * from "./variations/index.js";
export { waits, type Wait, type Waits } from "./study/waits.js";
export { VCPU } from "./code/vcpu.js";
