/**
 * Both judges on one scenario, and how their verdicts stand to each other.
 *
 * @module verdict
 */
export { lockdepOn, watched, type WatchOptions, type Watched } from "./witness.js";
export { bothOn, quadrantOf, type Quadrant, type Verdicts } from "./quadrant.js";
