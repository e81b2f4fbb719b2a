/** Which number of the state holds what. */
import type { Flow } from "../control-flow/flow-type.js";
import type { Variables } from "../data-flow/live-variables.js";
import type { Slot } from "../../model/model.js";
import { CPU, type IdSet, PROCESS } from "../../language/id-set.js";
import type { Process } from "../../language/process-type.js";
import type { Scenario } from "../../language/scenario.js";
import type { Dimension, Domain, Variable } from "../../language/variable.js";
import { shown } from "../../../primitives/shown.js";

/** Returns how many processes a scenario has. */
function processCount({ processes, sizes }: Pick<Scenario, "processes" | "sizes">): number {
  return processes.reduce(
    (sum, { over }) => sum + (over === null ? 1 : (sizes[over.name] ?? 1)),
    0,
  );
}

/** Returns the CPU of each thread that was given none, by the number of the process: those after the machine's own. */
export function homesOf({
  processes,
  sizes,
}: Pick<Scenario, "processes" | "sizes">): readonly (number | null)[] {
  let next = sizes[CPU.name] ?? 0;
  return processes.flatMap(({ over, cpu }) =>
    Array.from({ length: over === null ? 1 : (sizes[over.name] ?? 1) }, () =>
      cpu?.op === "home" ? next++ : null,
    ),
  );
}

/** Returns how many CPUs there are, those of threads without a place of their own among them. */
export function cpuCount(scenario: Pick<Scenario, "processes" | "sizes">): number {
  if (!scenario.processes.some(({ cpu }) => cpu?.op === "home"))
    return scenario.sizes[CPU.name] ?? 0;
  const homes = homesOf(scenario).filter((home) => home !== null);
  return (scenario.sizes[CPU.name] ?? 0) + homes.length;
}

/** Returns how many elements a dimension has. */
export function extent(of: Dimension, scenario: Scenario): number {
  if (typeof of === "number") return of;
  return of.name === CPU.name ? extentOfCpus(scenario) : memberCount(of, scenario);
}

function extentOfCpus(scenario: Scenario): number {
  const all = cpuCount(scenario);
  return all > 0 ? all : memberCount(CPU, scenario);
}

/** Returns how many members a set has where they are gone through, or one is picked. */
export function memberCount(of: IdSet, scenario: Scenario): number {
  if (of.name === PROCESS.name) return processCount(scenario);
  if (of.homes === true) return cpuCount(scenario);
  const size = scenario.sizes[of.name];
  if (size !== undefined) return size;
  throw new TypeError(`scenario "${scenario.name}": no size for "${of.name}"; add it to sizes`);
}

/** Returns the slots of the variables, element after element. */
export function layout(variables: Variables, scenario: Scenario, processes: number): Slot[] {
  return variables.live.flatMap((variable) => {
    const [min, max] = rangeOf(variable, scenario, processes);
    return indices(variable, scenario).map((index): Slot => {
      const init = startIn([min, max], variable, index);
      const name = elementName(variable, index);
      return { name, variable, index, process: null, min, max, init };
    });
  });
}

/** Throws a TypeError where a variable that nothing changes starts as what it cannot be. */
export function checkConstants(
  { constants }: Variables,
  scenario: Scenario,
  processes: number,
): void {
  for (const variable of constants) {
    const bounds = rangeOf(variable, scenario, processes);
    for (const index of indices(variable, scenario)) startIn(bounds, variable, index);
  }
}

/** The first value of an element, which its bounds must allow. */
function startIn(
  [min, max]: readonly [number, number],
  variable: Variable,
  index: readonly number[],
): number {
  const init = firstValue(variable, index);
  if (Number.isInteger(init) && init >= min && init <= max) return init;
  throw new TypeError(wrongStart(elementName(variable, index), variable, init, [min, max]));
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

/** In words, why a first value is none. */
function wrongStart(
  name: string,
  { domain }: Variable,
  init: number,
  [min, max]: readonly [number, number],
): string {
  if (domain.kind !== "id" || !Number.isInteger(init)) {
    return `${name} starts as ${shown(init)}, out of ${min}..${max}: give it another init, or other bounds`;
  }
  const set = domain.set.name;
  return `${name} starts as ${set}${init}, and there is no such ${set}; sizes.${set} is ${max + 1}`;
}

/** Returns the first value of an element. */
export function firstValue(variable: Variable, index: readonly number[]): number {
  const { init } = variable;
  return typeof init === "function" ? init(...index) : init;
}

function rangeOf(
  { domain, countsProcesses }: Variable,
  scenario: Scenario,
  processes: number,
): readonly [number, number] {
  const [min, max] = range(domain, scenario, processes);
  return [min, countsProcesses === true ? Math.max(max, processes) : max];
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

/** Returns the indices of the elements of a variable. */
export function indices(variable: Variable, scenario: Scenario): readonly (readonly number[])[] {
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
