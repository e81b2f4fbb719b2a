export * from "./result.js";
export { explore } from "./explore.js";
export { inTurn, type InTurn, type InTurnOptions } from "./in-turn.js";
export { lockdepOn } from "./witness.js";
export * from "./replay.js";
export * from "./print.js";
export * from "./token.js";
export { bothOn, quadrantOf, type Quadrant, type Verdicts } from "./quadrant.js";
export * from "./promela.js";
