export * from "./abba.js";
export * from "./atomic.js";
export * from "./dining.js";
export * from "./irq.js";
export * from "./peterson.js";
export * from "./readers.js";
export * from "./stories.js";
export * from "./wakeup.js";
