/** What needs both judges: lockdep on a scenario, and its verdict beside the explorer's. */
export { type Subject } from "./subject.js";
export { lockdepOn, lockdepToldOf, watched, type WatchOptions, type Watched } from "./witness.js";
export { orderWarnings } from "./lock-orders.js";
export { bothOn, quadrantOf, type Quadrant, type Verdicts } from "./quadrant.js";
