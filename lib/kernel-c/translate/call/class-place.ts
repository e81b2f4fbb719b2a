/** Where locks are initialised: all that one place initialises are a class. */
import type { Expression } from "../../parse/ast.js";
import type { Body } from "../context/context.js";

/**
 * Notes where a lock is initialised. Its static key stands where the macro is written: in a function that
 * others call, one for all of them; in a macro, one for each place where that stands.
 */
export function learnClass(body: Body, given: Expression | undefined): void {
  if (given === undefined) return;
  const value = body.value(given);
  if (value.kind !== "address" || value.place.storage.kind !== "object") return;
  const { classes } = body.shared.learned;
  const { name } = value.place.storage;
  if (classes.has(name)) return;
  classes.set(name, { key: `key at ${String(given.at.start)}`, name: given.text });
}
