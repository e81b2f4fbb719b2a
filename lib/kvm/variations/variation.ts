/** A named way to change the case: a fix, a mutant or a change of the mechanism. The patch that it is has the same name. */

/** One entry of the tables of fixes, mutants and changes. */
export interface Variation<Name extends string = string> {
  readonly name: Name;
  /** What it is called too: the number of a mutant, or the name that a change has as a fix. */
  readonly also?: string;
  /** What is different, in a sentence. */
  readonly summary: string;
  /** Who proposed it, when, and what became of it; empty for a mutant. */
  readonly history: string;
}
