export * from "./result.js";
export { explore } from "./explore.js";
export {
  meetings,
  pathIn,
  type Meeting,
  type MeetingQuestion,
  type Meetings,
  type PathFunctions,
} from "./meetings.js";
export type { Reductions } from "./reductions.js";
export { inTurn, type InTurn, type InTurnOptions } from "./in-turn.js";
export { lockdepOn } from "./witness.js";
export * from "./replay.js";
export * from "./print.js";
export * from "./token.js";
export { census, type Census, type Counted } from "./census.js";
export { bothOn, quadrantOf, type Quadrant, type Verdicts } from "./quadrant.js";
export * from "./promela.js";
export * from "./smallest.js";
export * from "./shrink.js";
export { showsProperty } from "./shows.js";
export { stuckIn } from "./stuck-in.js";
