/** Locks by name: events know an instance as `pi_lock@0`, readers as `pi_lock[vcpu0]`. */
import { instanceId } from "../../primitives/lock.js";
import type { Model } from "./model.js";

/** Returns the printed name of each lock, by the name that events have. */
export const lockNames = ({ slots }: Model): ReadonlyMap<string, string> =>
  new Map(
    slots.flatMap(({ name, variable, index }) =>
      variable?.lock == null ? [] : [[instanceId(variable.name, index), name] as const],
    ),
  );
