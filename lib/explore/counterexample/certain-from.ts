/** From which step on of a schedule somebody is stuck, whatever the others do. */
import { type Model, initialState } from "../../machine/index.js";
import type { ReplayStep } from "../../machine/index.js";
import { StuckFinder } from "../deadlock/stuck-from.js";

/** After how many steps it is certain, and which processes are stuck then. */
export interface Certain {
  readonly after: number;
  /** By number. */
  readonly stuck: readonly number[];
}

/**
 * Returns after how many steps of a schedule somebody first is stuck; null if nobody is at its end. Who is stuck
 * stays so, which makes it a search by halves.
 */
export function certainFrom(model: Model, steps: readonly ReplayStep[]): Certain | null {
  const finder = new StuckFinder(model);
  const stuckAfter = (count: number): readonly number[] => {
    const state = steps[count - 1]?.after ?? initialState(model);
    return finder.find(state)?.numbers ?? [];
  };
  let stuck = stuckAfter(steps.length);
  if (stuck.length === 0) return null;
  let free = -1;
  let after = steps.length;
  while (after - free > 1) {
    const middle = Math.floor((free + after) / 2);
    const found = stuckAfter(middle);
    if (found.length === 0) {
      free = middle;
    } else {
      after = middle;
      stuck = found;
    }
  }
  return { after, stuck };
}
