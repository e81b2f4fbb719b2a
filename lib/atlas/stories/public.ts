/**
 * Scenarios from textbooks and from the kernel, each small enough to read at a glance.
 *
 * @module stories
 */
export * from "./index.js";
