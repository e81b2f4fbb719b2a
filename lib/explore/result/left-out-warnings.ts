/** Calls of a text that nobody knows: what they do is not part of the answer. */
import type { Scenario } from "../../machine/index.js";

/** So many calls are named. */
const mostNamed = 5;

/** Returns a warning that names the calls which were left out; none where there are none. */
export function leftOutWarnings({ leftOut = [] }: Scenario): readonly string[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.slice(0, mostNamed).join(", ");
  const more = leftOut.length - mostNamed;
  return [
    `the lab does not know ${named}${more > 0 ? ` and ${String(more)} more` : ""}, and leaves that out; where one of them ` +
      "takes a lock, waits or calls back, write its body in the file",
  ];
}
