/** How large the graph of a model may be, as far as its processes tell. */
import type { Model } from "../../machine/index.js";

/** Returns in how many ways the processes can be at their locations, whatever their variables hold. */
export const waysToBe = ({ processes }: Pick<Model, "processes">): number =>
  processes.reduce((ways, { locations }) => ways * locations, 1);
