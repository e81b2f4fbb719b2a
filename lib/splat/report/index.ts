/** What a printed lockdep report says, as data. */
export type * from "./code.js";
export type * from "./kind.js";
export type * from "./lock.js";
export type * from "./machine.js";
export type * from "./parts.js";
export type * from "./report.js";
