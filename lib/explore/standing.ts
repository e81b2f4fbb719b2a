/** Where a process stands that cannot go on, in words. */
import { type Model, type State, waiting } from "../machine/index.js";

/** A process that cannot go on. */
export interface Standing {
  /** Its position in `Model.processes`. */
  readonly number: number;
  readonly process: string;
  /** The step that it would do next, or after which of its steps there is none. */
  readonly label: string;
  /** The lock that it would take, by the name that events have; null if it waits for something else. */
  readonly lock: string | null;
}

/**
 * Returns the processes that cannot go on in a state and are not at an end, in their order; devices never
 * count. A step that can be taken in no state is in no table: who stands before it has no step at all.
 */
export function standing(model: Model, state: State): readonly Standing[] {
  const known = new Map(waiting(model, state).map((found) => [found.number, found]));
  return model.processes.flatMap(({ name, kind, slot, ends, leaving }, number) => {
    const at = state[slot] ?? 0;
    const found = known.get(number);
    if (found !== undefined) {
      return [{ number, process: name, label: found.label, lock: found.lock }];
    }
    if (kind === "device" || ends.has(at) || leaving[at]?.length !== 0) return [];
    const before = leaving.flat().filter(({ to }) => to === at);
    const labels = [...new Set(before.map(({ label }) => label))];
    const where =
      labels.length === 0 ? "its first step" : `what comes after ${labels.join(" or ")}`;
    return [{ number, process: name, label: `${where} can never be done`, lock: null }];
  });
}
