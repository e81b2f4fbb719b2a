/** A class that many reports name, and what a developer has to know of it. */

/** One entry of the table of usual suspects. */
export interface Suspect {
  /** The names that reports have for it. */
  readonly classes: RegExp;
  /** A function that has to be on some stack of the report, where the name alone is not enough. */
  readonly calls?: RegExp;
  /** A function that has to be on the stack on which it is taken, for the mend to say something. */
  readonly takenBy?: RegExp;
  /** A function on that stack with which the mend says nothing. */
  readonly notTakenBy?: RegExp;
  /** A function on that stack that holds the outer lock itself: who called it is outside. */
  readonly heldBy?: RegExp;
  /** `wait`: it stands for waiting, or for a state, and nobody takes a lock by that name. */
  readonly stands: "lock" | "wait";
  /** Who calls what runs within it: the function that it calls is named. */
  readonly runs?: RegExp;
  /** What it is, after `X is`. */
  readonly is: string;
  /** Why lockdep speaks of it. */
  readonly why: string;
  /**
   * The usual mend. `{name}` is what it is about, `{outer}` is what is held when it is entered and `{outerIn}` where, `{inner}`
   * what is taken within and `{innerIn}` where; `{with outer}` and `{under outer}` say how that is
   * held, `{takes inner}`, `{take inner}` and `{Take inner}` how this is taken, whether they are locks or stand for waiting; `{apart}` says from where to wait instead.
   */
  readonly mend: string;
  /** Other mends, where what is outer or inner is known as well; the first that fits. */
  readonly beside?: readonly {
    readonly outer?: RegExp;
    readonly inner?: RegExp;
    /** A function on the stack on which it is entered. */
    readonly by?: RegExp;
    /** A function that is not on that stack, which is whole. */
    readonly notBy?: RegExp;
    /** A function on the stack on which what is within was taken; or one that is not on it, which is whole. */
    readonly within?: RegExp;
    readonly notWithin?: RegExp;
    readonly mend: string;
  }[];
  /** An item that runs within: what is taken within is what the item takes. */
  readonly item?: RegExp;
  /**
   * Where the mend says something: of circles, of a class within itself, of interrupts, or of every
   * kind of report; circles where it is not said.
   */
  readonly mends?: "circles" | "nesting" | "interrupts" | "all";
  /** True where nothing else has to change: the mends of other suspects would mislead. */
  readonly alone?: boolean;
  /** What it says, and the mend, where a task waits for it from within it. */
  readonly itself?: { readonly says: string; readonly mend: string };
  /** When that mend is the wrong thing. */
  readonly notWhen: string;
}
