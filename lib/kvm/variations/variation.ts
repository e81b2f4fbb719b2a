/** A named way to change the code: a fix, a mutant or a change of the mechanism. */
import type { Code } from "../code/code.js";

/** One entry of the tables of fixes, mutants and changes. */
export interface Variation<Name extends string = string> {
  readonly name: Name;
  /** What is different, in a sentence. */
  readonly summary: string;
  /** Who proposed it, when, and what became of it; empty for a mutant. */
  readonly history: string;
  readonly apply: (code: Code) => Code;
}
