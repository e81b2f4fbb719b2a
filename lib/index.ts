export * from "./primitives/lock.js";
export * from "./primitives/event.js";
