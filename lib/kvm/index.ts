/**
 * The case of the false positive. Where to look: paths/ is the kernel's code, variations/ what can be
 * changed about it, kvm.ts puts a scenario together.
 */
export * from "./annotation.js";
export { baseCode } from "./base-code.js";
export type * from "./code.js";
export * from "./affinity-deadlock.js";
export { kvmWarnings } from "./bound-warnings.js";
export * from "./certificate.js";
export * from "./directed.js";
export * from "./failing.js";
export * from "./kvm.js";
export * from "./matrix.js";
export * from "./paths-once.js";
export { races, type PathName, type Races } from "./races.js";
export * from "./smallest.js";
export * from "./synthesis.js";
export * from "./variations/index.js";
export { waits, type Wait, type Waits } from "./waits.js";
export * from "./workbench.js";
export { VCPU } from "./vcpu.js";
