/** What a thread that expands states is told, once: all of it can be sent to another thread. */

import type { EngineParts } from "../codegen/kept-code.js";

/** How many states a thread takes at a time. */
export const chunkStates = 128;

/** The work of a thread. */
export interface ExpansionTask extends EngineParts {
  /** What the search has learnt that this code was made for. */
  readonly guards: Int32Array;
  /** How many checks of steps there are, and of how many kinds: one of each kind is told of. */
  readonly checks: number;
  readonly kinds: number;
  /** Numbers of a state, and of the record of a successor. */
  readonly words: number;
  readonly stride: number;
  readonly maxSuccessors: number;
  /** Whether successors are run through invisible steps, or renamed. */
  readonly isReduced: boolean;
  /** Of all threads together. */
  readonly shared: SharedArrayBuffer;
}

/** What decides how large a slot is. */
export type Sizes = Pick<ExpansionTask, "words" | "stride" | "maxSuccessors" | "kinds">;
