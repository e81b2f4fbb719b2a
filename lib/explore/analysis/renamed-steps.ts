/** What a schedule is when interchangeable CPUs and tasks change names. */
import type { Model, Transition } from "../../machine/index.js";
import type { Renaming } from "./symmetry.js";

/** Returns for each step of a model the one that takes its place under a renaming. */
export function renamedSteps(model: Model, by: Renaming): readonly number[] {
  return model.transitions.map((step) => renamedStep(model, step, by));
}

function renamedStep({ processes }: Model, step: Transition, by: Renaming): number {
  const { picked, edge, from, process } = step;
  const leaving = processes[by.processes[process] ?? process]?.leaving[from] ?? [];
  // A set whose members keep their names is in no renaming.
  const member = picked && (by.members.get(picked.set)?.[picked.member] ?? picked.member);
  const same = leaving.find((other) => {
    return other.edge === edge && (other.picked?.member ?? null) === member;
  });
  return (same ?? step).id;
}
