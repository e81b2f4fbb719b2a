/** A model as text, without what only its readers and lockdep see: models of one text have one code. */
import {
  type Instance,
  type Model,
  type Slot,
  homesOf,
  initialState,
  irqs_enabled,
} from "../../machine/index.js";

/**
 * Returns the text of all that code is made of. What is left out is named here; all else is in it, whether
 * code depends on it or not.
 */
export function modelText(model: Model): string {
  const { scenario, slots, processes, always, named, askedFor } = model;
  return JSON.stringify([
    scenario.sizes,
    scenario.processes.map(({ over }) => over?.name),
    homesOf(scenario),
    slots.map(slotText),
    initialState(model).map((value) => value < 0),
    processes.map(processText),
    always.map(({ holds }) => holds),
    [...named].map(([set, members]) => [set, [...members]]),
    [...askedFor].map(([slot, sets]) => [slot, sets.map((locations) => [...locations])]),
  ]);
}

/** A first value is no part of code, but for whether it is none. */
function slotText(slot: Slot): unknown {
  const { variable } = slot;
  const shape = { ...slot, name: undefined, init: undefined };
  if (variable === null) return shape;
  const isLock = variable.lock !== null;
  const declared = { ...variable, init: undefined, lock: undefined };
  return { ...shape, variable: declared, isLock, isIrqFlag: variable === irqs_enabled };
}

function processText(process: Instance): unknown {
  const steps = process.leaving.map((from) =>
    from.map((t) => ({
      ...t,
      label: undefined,
      stack: undefined,
      facts: undefined,
      early: undefined,
    })),
  );
  const { ends, rests, unreached } = process;
  const maps = { ends: [...ends], rests: [...rests], unreached: [...unreached] };
  return { ...process, name: undefined, leaving: steps, ...maps };
}
