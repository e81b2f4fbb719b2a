/**
 * Both judges on one scenario, and how their verdicts stand to each other.
 *
 * @module verdict
 */
export * from "./index.js";
