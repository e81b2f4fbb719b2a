/** What does the same is explored once, where the same is asked of it. */
import type { ExploreOptions, Result } from "../../explore/index.js";
import type { Found, WhatItDoes } from "./what-it-does.js";

/**
 * Returns what is known of a scenario that does the same, and explores where nothing is. The bounds of a search
 * matter only where they cut it short: all of a graph is all of it in any bounds.
 */
export function exploredOnce(
  known: Map<string, Found>,
  { key, messages }: WhatItDoes,
  { maxStates, maxMegabytes, maxDepth, maxSeconds, ...asked }: ExploreOptions,
  look: () => Result,
): Found {
  const whole = `${JSON.stringify(asked)} ${key}`;
  const cut = `${JSON.stringify({ maxStates, maxMegabytes, maxDepth, maxSeconds })} ${whole}`;
  const before = known.get(whole) ?? known.get(cut);
  if (before !== undefined) return before;
  const found = { result: look(), messages };
  known.set(found.result.complete ? whole : cut, found);
  return found;
}
