/** All that a text can call, by name. */
import { headerFunctions } from "../../headers/index.js";
import type { Unit } from "../../parse/ast.js";
import type { Vocabulary } from "../../vocabulary/index.js";
import { placeCalls, valueCalls } from "./named-calls.js";

/** Returns the names of functions, macros and calls of the kernel's, those too of which it is said what to write. */
export const knownCalls = (unit: Unit, vocabulary: Vocabulary): ReadonlySet<string> =>
  new Set([
    ...unit.functions.keys(),
    ...unit.prototypes,
    ...unit.macros.keys(),
    ...vocabulary.calls.keys(),
    ...headerFunctions,
    ...vocabulary.initializers,
    ...vocabulary.instead.keys(),
    ...valueCalls.keys(),
    ...placeCalls.keys(),
  ]);
