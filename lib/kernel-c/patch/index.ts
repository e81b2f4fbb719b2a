export { PatchError, type Patched, applyPatchTo } from "./apply.js";
export { findDiff } from "./find-diff.js";
