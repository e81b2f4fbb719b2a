/** What kernel C is written with besides its primitives: accessors, per-CPU data, `container_of()`. */
import type { Place } from "../../../types/storage.js";
import type { Value } from "../../context/values.js";
import { accessPlaces, accessValues } from "./access.js";
import type { Builtin } from "./builtin.js";
import { containerValues } from "./container-of.js";
import { numberValues } from "./numbers.js";
import { perCpuPlaces, perCpuValues } from "./per-cpu.js";

/** Calls that are worth something. */
export const builtins: ReadonlyMap<string, Builtin<Value>> = new Map(
  Object.entries({
    ...accessValues,
    ...perCpuValues,
    ...containerValues,
    ...numberValues,
  }),
);

/** Calls that name a place, and so may be assigned and have an address. */
export const placeBuiltins: ReadonlyMap<string, Builtin<Place>> = new Map(
  Object.entries({ ...accessPlaces, ...perCpuPlaces }),
);
