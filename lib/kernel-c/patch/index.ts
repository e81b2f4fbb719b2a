export { markedLines, type MarkedLine } from "./marked-lines.js";
export { PatchError, type Patched, applyPatchTo } from "./apply.js";
export { type PatchedFiles, applyPatchToFiles } from "./apply-to-files.js";
export { findDiff } from "./find-diff.js";
export { recounted } from "./recount.js";
