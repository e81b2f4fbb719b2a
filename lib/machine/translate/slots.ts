/** Which number of the state holds what. */
import type { Flow } from "./flow-type.js";
import type { Variables } from "./live-variables.js";
import type { Slot } from "../model/model.js";
import type { Process } from "../language/process-type.js";
import type { Scenario } from "../language/scenario.js";
import type { Dimension, Domain, Variable } from "../language/variable.js";

/** Returns how many elements a dimension has. */
export function extent(of: Dimension, scenario: Scenario): number {
  if (typeof of === "number") return of;
  const size = scenario.sizes[of.name];
  if (size !== undefined) return size;
  throw new TypeError(`scenario "${scenario.name}": no size for "${of.name}"; add it to sizes`);
}

/** Returns the slots of the variables, element after element. */
export function layout(variables: Variables, scenario: Scenario, processes: number): Slot[] {
  return variables.live.flatMap((variable) => {
    const [min, max] = range(variable.domain, scenario, processes);
    return indices(variable, scenario).map((index): Slot => {
      const init = firstValue(variable, index);
      const name = elementName(variable, index);
      if (init < min || init > max || !Number.isInteger(init)) {
        throw new TypeError(`${name} starts as ${init}, out of ${min}..${max}`);
      }
      return { name, variable, index, process: null, min, max, init };
    });
  });
}

/** Returns the slots that hold where each process is. */
export function locationSlots(
  members: readonly { readonly process: Process; readonly declared: number }[],
  flows: readonly Flow[],
  first: number,
): Slot[] {
  return members.map(({ process, declared }, number): Slot => {
    const max = (flows[declared]?.locations ?? 1) - 1;
    const name = `${process.name} (${String(first + number)})`;
    return { name, variable: null, index: [], process: number, min: 0, max, init: 0 };
  });
}

/** Returns the first value of an element. */
export function firstValue(variable: Variable, index: readonly number[]): number {
  const { init } = variable;
  return typeof init === "function" ? init(...index) : init;
}

function range(of: Domain, scenario: Scenario, processes: number): readonly [number, number] {
  switch (of.kind) {
    case "bool":
      return [0, 1];
    case "int":
      return [of.min, of.max];
    case "id":
      return [of.none ? -1 : 0, extent(of.set, scenario) - 1];
    case "process":
      return [-1, processes - 1];
  }
}

function indices(variable: Variable, scenario: Scenario): readonly (readonly number[])[] {
  return variable.per.reduce<readonly (readonly number[])[]>(
    (all, of) =>
      all.flatMap((index) =>
        Array.from({ length: extent(of, scenario) }, (_, member) => [...index, member]),
      ),
    [[]],
  );
}

/** Returns an element as printed: `curr[cpu0]`. */
export function elementName(variable: Variable, index: readonly number[]): string {
  const parts = index.map((member, at) => {
    const of = variable.per[at];
    return `[${typeof of === "object" ? of.name : ""}${String(member)}]`;
  });
  return variable.name + parts.join("");
}
