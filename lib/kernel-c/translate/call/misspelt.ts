/** Calls that nothing is called by but nearly: what can be said of a text that is not whole. */
import { nearest } from "../../../primitives/named.js";
import type { Faults } from "../../errors/index.js";
import type { Unit } from "../../parse/ast.js";
import type { Vocabulary } from "../../vocabulary/index.js";
import { callsIn } from "../statement/calls-in.js";
import { knownCalls } from "./known-calls.js";

/** Notes calls whose name is that of another but for a letter or two. */
export function misspelt(unit: Unit, vocabulary: Vocabulary, faults: Faults): void {
  const known = knownCalls(unit, vocabulary);
  const all = [...known];
  for (const { body, parameters } of unit.functions.values()) {
    for (const { name, nameAt } of callsIn(body)) {
      if (known.has(name) || parameters.some((of) => of.name === name)) continue;
      const [near] = nearest(name, all);
      if (near !== undefined) {
        faults.add(nameAt, `no such call: ${name}(); did you mean ${near}()?`);
      }
    }
  }
}
