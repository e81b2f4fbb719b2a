/**
 * Scenarios from textbooks and from the kernel, each small enough to read at a glance.
 *
 * @module cases
 */
export * from "./index.js";
