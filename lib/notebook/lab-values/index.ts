export { lostConditions, type LostCondition } from "./conditions.js";
