export { madeFalse } from "./made-false.js";
export { valuesRead } from "./values-read.js";
export { waitReason, type Standing, type WaitReason } from "./wait-reason.js";
export { standingFrom, waitedFor, type StandingTogether } from "./standing.js";
export { holdingsOf, type Holding } from "./holdings.js";
