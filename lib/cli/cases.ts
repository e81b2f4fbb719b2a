/** The cases that the command line knows by name. */
import { dining, diningSixSteps, stories } from "../cases/index.js";
import { changes, fixes, kvm, mutants, named } from "../kvm/index.js";
import type { Scenario } from "../machine/index.js";

/** What the command line says about the size and the code of a case. */
export interface CaseOptions {
  readonly fix?: string;
  readonly mutant?: string;
  readonly change?: readonly string[];
  readonly cpus?: number;
  readonly vcpus?: number;
  /** How many threads, for cases that have any number of them. */
  readonly size?: number;
}

/** A case by name. */
export interface Case {
  readonly name: string;
  readonly summary: string;
  readonly make: (options: CaseOptions) => Scenario;
}

/** Every case, the one that the lab is about first. */
export const cases: readonly Case[] = [
  {
    name: "kvm-pi",
    summary: "posted interrupts that wake vCPUs",
    make: ({ fix = "none", mutant = "m0", change = [], cpus = 2, vcpus = 2 }) =>
      kvm({
        fix: named("fix", fix, fixes).name,
        mutant: named("mutant", mutant, mutants).name,
        changes: change.map((name) => named("change", name, changes).name),
        cpus,
        vcpus,
      }),
  },
  {
    name: "dining",
    summary: "dining philosophers of four steps",
    make: ({ size = 5 }) => dining(size),
  },
  {
    name: "dining-six-steps",
    summary: "dining philosophers of six steps",
    make: ({ size = 5 }) => diningSixSteps(size),
  },
  ...stories.map(({ name, scenario }) => ({ name, summary: scenario.name, make: () => scenario })),
];
