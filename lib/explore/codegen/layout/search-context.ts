/** What one search has of its own; generated functions keep nothing between two calls. */
import type { Assumptions } from "../../analysis/learned-guards.js";

/** How many steps are run through at most before a state is stored: so every cycle stores one. */
export const longestRun = 1000;

/** Given to each function that needs it. A class, so that V8 knows all of one shape. */
export class SearchContext {
  readonly guards: Int32Array;
  readonly broken: Int32Array;
  /** The invisible steps of the last successor: their number, then their transitions. */
  readonly log = new Int32Array(longestRun * 2 + 2);
  /** `[0]`: 1 if devices alone can move in the state that was expanded last; `[1]`: the state after that. */
  readonly quiet = new Int32Array(2);

  /**
   * @param reported for each check, 1 if its failure is not to be told
   * @param fail is told of a failed check: which, and in a step from which state
   */
  constructor(
    { guards, broken }: Assumptions,
    readonly reported: Int32Array,
    readonly fail: (check: number, state: number) => void,
  ) {
    this.guards = guards;
    this.broken = broken;
  }
}
