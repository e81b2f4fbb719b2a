export * from "./primitives/lock.js";
export * from "./primitives/event.js";
export * from "./lockdep/index.js";
export { normalText, printReport } from "./splat/print/index.js";
export * from "./views/index.js";
export * from "./machine/index.js";
export * from "./explore/index.js";
export * from "./verdict/index.js";
export * from "./cases/index.js";
export {
  c,
  kernelCFrom,
  KernelCError,
  type KernelC,
  type KernelCOptions,
} from "./kernel-c/index.js";
// Both layers have a `Scenario`: what is run keeps the name, what a report shows is a report's field.
export type { Scenario } from "./machine/language/scenario.js";
export * from "./splat/index.js";
export { displaySinkKey, show, type DisplaySink } from "./notebook/show.js";
export { claim } from "./notebook/claim.js";
export * from "./notebook/exercise/index.js";
export * from "./kvm/index.js";
