/** Bounds within which a kind of violation can hardly show, so that its absence proves little. */
import { type Model, type Scenario, enabled, initialState } from "../../machine/index.js";
import { type Property, type Result, properties as allProperties } from "./result.js";

/** Why a kind of violation takes more than one task that has the only CPU for itself. */
const needed: readonly { property: Property; why: string }[] = [
  { property: "deadlock", why: "a task alone on it can wait only for itself" },
  { property: "corruption", why: "a task alone on it is never two at once" },
];

/**
 * Returns warnings where a property was not violated but the bound was too small for its kind: one CPU
 * that a single task has for itself, with no interrupt that could come between; or where nothing moves.
 *
 * @param model of the scenario
 * @param asked the properties that were looked for
 * @example
 * explore(irqOnHeldLock({ fixed: true })).warnings // []
 */
export function boundWarnings(
  { scenario, violations, complete }: Pick<Result, "scenario" | "violations" | "complete">,
  model: Model,
  asked: readonly Property[] = allProperties,
): string[] {
  // A search that runs through invisible steps may count none of them.
  if (complete && enabled(model, initialState(model)).length === 0) {
    return ["nothing can happen: no process has a step that it could take"];
  }
  // With misuse, or with nobody but devices, another CPU would show nothing more.
  const { misuse } = violations;
  if (!complete || misuse !== undefined || !canBeAlone(scenario)) return [];
  return needed.flatMap(({ property, why }) => {
    if (violations[property] !== undefined || !asked.includes(property)) return [];
    return [`no ${property} with 1 cpu: ${why}; try 2`];
  });
}

/** Whether there is one CPU, and one task that has it for itself. */
function canBeAlone({ processes, sizes }: Scenario): boolean {
  const onCpu = processes.filter(({ kind }) => kind !== "device");
  const most = onCpu.reduce(
    (sum, { over }) => sum + (over === null ? 1 : (sizes[over.name] ?? 1)),
    0,
  );
  return sizes["cpu"] === 1 && most === 1;
}
