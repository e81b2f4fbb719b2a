/**
 * What cells of a notebook do: show a figure, claim a fact, load the C parser, set an exercise and ask for a prediction.
 *
 * @module notebook
 */
export { claim } from "./claim.js";
export * from "./exercise/index.js";
export { loadKernelC } from "./kernel-c.js";
export * from "./lessons/index.js";
export { logFile, pastedLog } from "./log-file.js";
export { show } from "./show.js";
export { workbench, type Workbench } from "./workbench.js";
