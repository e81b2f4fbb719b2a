/**
 * The case of the false positive. Where to look: c/ has the kernel's code and every fix, mutant and change as a
 * patch, variations/ their names and history, kvm.ts makes a scenario of them.
 */
export * from "./variations/annotation.js";
export { type KvmTextOptions, fixPatch, kvmFiles } from "./c/kvm-files.js";
export { annotationPatch } from "./c/annotation-patch.js";
export { kvmInC } from "./c/kvm-in-c.js";
export { pathsOnce, pathsOnceInC, type PathsOnce } from "./c/paths-once.js";
export * from "./bench/index.js";
export * from "./c/lockdep-in-order.js";
export * from "./study/affinity-deadlock.js";
export { kvmWarnings } from "./study/bound-warnings.js";
export * from "./study/certificate.js";
export * from "./study/failing-mutants.js";
export * from "./kvm.js";
export type { KvmSize } from "./variations/size.js";
export * from "./study/matrix.js";
export * from "./c/orders.js";
export { races, type PathName, type Races } from "./study/races.js";
export * from "./study/smallest.js";
export * from "./study/annotation-search.js";
export * from "./variations/index.js";
export { waits, type Wait, type Waits } from "./study/waits.js";
export { VCPU } from "./c/vcpu.js";
