/** Where a process that cannot go on stands, in words. */
import { evaluate } from "../model/evaluate.js";
import type { Model, State } from "../model/model.js";
import { lockNames } from "../model/lock-names.js";
import { waiting } from "../model/whereabouts.js";
import { stepText } from "./step-text.js";

/** A process that cannot go on. */
export interface BlockedProcess {
  /** Its position in `Model.processes`. */
  readonly number: number;
  readonly process: string;
  /** What it would do next, as the C has it where it comes from a text; or after which of its steps there is none. */
  readonly text: string;
  /** The lock that it would take, as it is printed: `rq->__lock[cpu0]`; null if it waits for something else, or the text says it. */
  readonly lock: string | null;
  /** Whether it could do that step if it had its CPU: it is interrupted, or not switched in. */
  readonly keptOff: boolean;
}

/**
 * Returns the processes that cannot go on in a state and are not at an end, in their order; devices never
 * count. A step that can be taken in no state is in no table: a process that stands before it has no step at all.
 */
export function blockedProcesses(model: Model, state: State): readonly BlockedProcess[] {
  const names = lockNames(model);
  const known = new Map(waiting(model, state).map((found) => [found.number, found]));
  return model.processes.flatMap(({ name, kind, slot, ends, leaving, never }, number) => {
    const at = state[slot] ?? 0;
    const found = known.get(number);
    if (found !== undefined) {
      const keptOff = isKeptOff(model, state, number);
      const text = stepText(model, found);
      const lock = found.lock === null ? null : (names.get(found.lock) ?? found.lock);
      const isSaid = found.at !== null && lock !== null && text.includes(`(&${lock})`);
      return [{ number, process: name, text, lock: isSaid ? null : lock, keptOff }];
    }
    if (kind === "device" || ends.has(at) || leaving[at]?.length !== 0) return [];
    const labels = [...new Set(never.get(at) ?? [])];
    const text = `${labels.join(" or ")}, which nothing ever makes possible`;
    return [{ number, process: name, text, lock: null, keptOff: false }];
  });
}

function isKeptOff({ processes }: Model, state: State, number: number): boolean {
  const { leaving, slot, runs, rests } = processes[number] ?? {};
  if (runs === undefined || evaluate(runs, state) !== 0) return false;
  const at = state[slot ?? 0] ?? 0;
  // Where it may rest on a condition it sleeps until it is woken: the CPU is not what it lacks.
  if (rests?.has(at) === true) return false;
  return (leaving?.[at] ?? []).some(({ own }) => evaluate(own, state) !== 0);
}
