/** States by themselves: told apart, hashed, and printed. A copy is a copy of the list. */
import type { Model, State } from "./model.js";

/** Returns whether two states of a model are the same. */
export function sameState(a: State, b: State): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

/** Returns a hash of a state, an unsigned 32-bit number: the same for the same states (FNV-1a). */
export function hashState(state: State): number {
  let hash = 0x811c9dc5;
  for (const value of state) hash = Math.imul(hash ^ value, 0x01000193);
  return hash >>> 0;
}

/**
 * Returns a state as lines such as `rq->curr[cpu0] = vcpu1`; with a state before it, only what differs.
 *
 * @example
 * const model = translate(abba());
 * const before = initialState(model);
 * const [first] = enabled(model, before);
 * printState(model, takeStep(model, before, first).state, before).includes("lock_a") // true
 */
export function printState(model: Model, state: State, before?: State): string {
  return model.slots
    .flatMap((slot, at) => {
      const value = state[at] ?? 0;
      if (before?.[at] === value) return [];
      const { name = slot.name } = model.processes[slot.process ?? -1] ?? {};
      return [`${name} = ${printValue(model, at, value)}`];
    })
    .join("\n");
}

/** Returns a number of the state as text: `true`, `cpu0`, `vcpu1`, `none`, or where a process is. */
export function printValue(model: Model, at: number, value: number): string {
  const slot = model.slots[at];
  const process = slot?.process ?? null;
  if (process !== null) return printLocation(model, process, value);
  const variable = slot?.variable;
  switch (variable?.domain.kind) {
    case "bool":
      return value === 0 ? "false" : "true";
    case "id":
      return value < 0 ? "none" : `${variable.domain.set.name}${String(value)}`;
    case "process":
      return value < 0 ? "none" : (model.processes[value]?.name ?? String(value));
    case "int":
    case undefined:
      return String(value);
  }
}

/** Where a process is, by the step that it would do next. */
function printLocation(model: Model, process: number, location: number): string {
  const next = model.processes[process]?.leaving[location]?.[0];
  return next === undefined ? "at its end" : `before ${next.label}`;
}
