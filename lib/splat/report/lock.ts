/** Locks as a report mentions them. */
import type { CodeSite } from "./code.js";

/** A lock as the report mentions it. */
export interface LockMention {
  readonly name: string;
  /** The characters between the braces; 4, 6 or 8 of them, by version. */
  readonly usage: string;
  /** Wait types `outer:inner`, or null before 5.7. */
  readonly wait: string | null;
  /** As printed; `isHidden()` tells an address from what stands for one that is not shown. */
  readonly addr: string | null;
  /** Where it was taken, or null where the report does not say. */
  readonly at: CodeSite | null;
  /** The functions that the innermost was inlined into, outwards. */
  readonly inlinedIn: readonly CodeSite[];
  readonly line: number;
}

/** A lock of the list of held ones. */
export interface HeldMention extends LockMention {
  /** The N of `#N`. */
  readonly index: number;
}

/** The list of held locks. */
export interface HeldLocks {
  readonly count: number;
  readonly comm: string;
  readonly pid: number;
  readonly locks: readonly HeldMention[];
  readonly line: number;
}
