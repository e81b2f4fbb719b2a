/**
 * What cells of a notebook do: show a figure, claim a fact, set an exercise and ask for a prediction.
 *
 * @module notebook
 */
export { claim } from "./claim.js";
export * from "./exercise/index.js";
export { show } from "./show.js";
