import type { FactTemplate } from "../language/statement.js";

/** A fact with the functions that were on the stack, innermost first. */
export interface StackedFact {
  readonly fact: FactTemplate;
  readonly stack: readonly string[];
}
