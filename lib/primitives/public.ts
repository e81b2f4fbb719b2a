/**
 * What everything else is made of: the events that a machine emits and lockdep sees, locks as lockdep
 * knows them, and errors about names.
 *
 * @module primitives
 */
export type { Event, Fact, Place, ReadMode } from "./event.js";
export type { LockKind, LockMap, WaitType } from "./lock.js";
export { named, UnknownNameError } from "./named.js";
