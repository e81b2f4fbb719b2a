/** The machine, for the layers above: what a reader is meant to use, and the model inside. */
export * from "./public.js";
export { ANY_CPU, expectSet, PROCESS } from "./language/id-set.js";
export { located } from "./language/located.js";
export { mayQueue } from "./kernel-wait/work.js";
export { releasedMutex } from "./kernel-locks/mutex.js";
export * from "./model/model.js";
export { partsOf } from "./translate/data-flow/substitute.js";
export { checkScenario } from "./translate/check/check-scenario.js";
export { nameOf } from "./translate/translate.js";
export { cpuCount, homesOf } from "./translate/resolve/slots.js";
export * from "./model/evaluate.js";
export type { Change, ElementRef, SlotRef, Value } from "./model/value.js";
export { rangeOfBinary } from "./model/value-range.js";
export { isEnabled } from "./model/step.js";
export * from "./model/events.js";
export * from "./model/whereabouts.js";
export { hashState, printValue, sameState } from "./model/state.js";
export { comesToRest } from "./run/directed.js";
