/** Which statements are nothing but the way through a function. */
import type { Statement } from "../../../machine/index.js";

/** Returns whether a statement is more than the way through a function that returns a value at its end. */
export function doesSomething(of: Statement): boolean {
  if (of.kind === "call") return of.body.some(doesSomething);
  return of.kind !== "label" && of.kind !== "goto";
}
