export * from "./result.js";
export { explore } from "./explore.js";
