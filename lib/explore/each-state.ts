/** A look at every state of a scenario, for whoever wants to count something in them. */
import type { Model, State } from "../machine/index.js";
import { Budget } from "./budget.js";
import { unpack } from "./packing.js";
import type { CutShort, ExploreOptions } from "./result.js";
import { depthsOf, search, unreduced } from "./search.js";

/** What was looked at. */
export interface Seen {
  readonly states: number;
  /** Whether these are all that can be reached. */
  readonly complete: boolean;
  readonly cutShort: CutShort | null;
}

/**
 * Calls `look` with every reachable state of a model, nearest to the start first. Nothing is merged: a
 * count is one of the scenario's own states.
 *
 * @param look is given the state and its distance from the start, in steps
 * @param options how far to go; a search that ends before it has seen everything says so
 * @example
 * eachState(translate(abba), () => count++).complete // true, with count === 10
 */
export function eachState(
  model: Model,
  look: (state: State, depth: number) => void,
  options: Omit<ExploreOptions, "properties" | "reductions" | "strategy" | "shortest"> = {},
): Seen {
  const done = search(model, unreduced, new Budget(options));
  const { store, compiled, cutShort } = done;
  const { packing } = compiled;
  let id = 0;
  for (const [depth, count] of (depthsOf(done) ?? []).entries()) {
    for (const end = id + count; id < end; id++) {
      look(unpack(packing, store.words, id * packing.words), depth);
    }
  }
  return { states: store.count, complete: cutShort === null, cutShort };
}
