/** The scenarios that a command can name. */
import { dining, diningSixSteps, stories } from "../cases/index.js";
import { changes, fixes, kvm, mutants, named } from "../kvm/index.js";
import type { Scenario } from "../machine/index.js";

/** What a command line may say about a scenario. */
export interface CaseOptions {
  readonly fix?: string;
  readonly mutant?: string;
  readonly change?: string;
  readonly cpus?: string;
  readonly vcpus?: string;
}

const families = ["kvm-pi", "dining", "dining-six-steps"];

/** All names. */
export const caseNames: readonly string[] = [...families, ...stories.map(({ name }) => name)];

/** Returns a scenario by name; throws an Error that says which there are, or which name is near. */
export function findCase(name: string, options: CaseOptions = {}): Scenario {
  switch (name) {
    case "kvm-pi": {
      const { fix = "none", mutant = "m0", change } = options;
      return kvm({
        fix: named("fix", fix, fixes).name,
        mutant: named("mutant", mutant, mutants).name,
        changes: change === undefined ? [] : [named("change", change, changes).name],
        cpus: size(options.cpus, 2, 4),
        vcpus: size(options.vcpus, 2, 4),
      });
    }
    case "dining":
      return dining(size(options.cpus, 5, 12));
    case "dining-six-steps":
      return diningSixSteps(size(options.cpus, 5, 12));
    default: {
      const story = stories.find((s) => s.name === name);
      if (story !== undefined) return story.scenario;
      throw new Error(`no case "${name}"; there are ${caseNames.join(", ")}`);
    }
  }
}

function size(text: string | undefined, standard: number, most: number): number {
  if (text === undefined) return standard;
  const n = Number(text);
  if (Number.isInteger(n) && n >= 1 && n <= most) return n;
  throw new Error(`"${text}" is not a number from 1 to ${most}`);
}
