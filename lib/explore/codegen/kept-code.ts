/** Code that outlives the process: whoever runs the lab may have a place for it. */

/** What a search has learnt that code was made for. */
export interface Learnt {
  /** As in `Assumptions`; null where nothing is to be learnt. */
  readonly guards: Int32Array | null;
  /** How many states the search saw that learnt it, and how deep they lie. */
  readonly states: number;
  readonly depth: number;
}

/** The code of one model. */
export interface KeptCode {
  /** What the last whole search had learnt; null if none is known of. */
  readonly learnt: Learnt | null;
  /** Returns the function of the text that was kept under a name, or else of the one that is written now. */
  readonly make: (name: string, text: () => string) => unknown;
  /** Returns the text of a function that was made or kept; null if there is none of that name. */
  readonly textOf: (name: string) => string | null;
  /**
   * Keeps what was made for next time.
   *
   * @param names of the code that the next search will use
   */
  readonly keep: (learnt: Learnt, names: readonly string[]) => void;
}

/** Where code is kept. */
export interface CodeShelf {
  /** Returns the code of a model, by all that it is made of. */
  readonly open: (modelText: string) => KeptCode;
}

/** Searches of fewer states are over before their code would be read. */
export const fewestStates = 2000;
