/** How far an exploration is, in a line. */
import type { Progress } from "../../explore/index.js";

/** Which search it is: counts begin again with each. */
const searches: Readonly<Record<Progress["search"], string>> = {
  small: "as they are; more than 10,000 are searched again, reduced",
  verdict: "",
  shortest: "a second search, for the shortest counterexample",
};

/** Returns the line, without an end. */
export function progressLine({ states, depth, search }: Progress): string {
  const why = searches[search];
  return `${states} states, depth ${depth}${why === "" ? "" : ` (${why})`}`;
}
