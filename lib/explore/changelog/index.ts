export { changelogTimeline } from "./changelog.js";
