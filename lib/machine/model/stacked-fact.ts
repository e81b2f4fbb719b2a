import type { FactTemplate } from "../language/effect.js";

/** A fact with the functions that were on the stack, innermost first. */
export interface StackedFact {
  readonly fact: FactTemplate;
  readonly stack: readonly string[];
}
