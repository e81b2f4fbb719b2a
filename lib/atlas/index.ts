/**
 * Real reports, true, false and disputed, each with its proof. One folder a case: `case.c` and patches to
 * it, made into `texts.ts` by lib/setup/texts.mjs, and `case.ts` with what both judges must say.
 */
export type * from "./atlas-case.js";
export { atlas, atlasCase } from "./atlas.js";
export { type CaseVerdict, type OrderAnswer, judgeCase } from "./judge-case.js";
export { patchedCode, selectionText } from "./patched-code.js";
export { pathOrders } from "./path-orders.js";
