/** All calls that are worth something, or name a place, and are no rows of the vocabulary. */
import type { Place } from "../../types/storage.js";
import type { Value } from "../context/values.js";
import { builtins, placeBuiltins } from "./builtins/index.js";
import type { Builtin } from "./builtins/builtin.js";
import { rcuPlaces, rcuValues } from "./rcu-pointers.js";

/** Calls that are worth something. */
export const valueCalls: ReadonlyMap<string, Builtin<Value>> = new Map([
  ...builtins,
  ...Object.entries(rcuValues),
]);

/** Calls that name a place, and so may be assigned and have an address. */
export const placeCalls: ReadonlyMap<string, Builtin<Place>> = new Map([
  ...placeBuiltins,
  ...Object.entries(rcuPlaces),
]);
