/**
 * Real reports, true, false and disputed, each with its code, the patches to it, what both judges must say,
 * and where it was read.
 *
 * @module atlas
 */
export type * from "./atlas-case.js";
export { atlas, atlasCase } from "./atlas.js";
export { type CaseJudge, type CaseVerdict, type OrderAnswer, judgeCase } from "./judge-case.js";
