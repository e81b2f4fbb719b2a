export { changelogTimeline } from "./changelog.js";
export { wrapProse } from "./wrap.js";
