/** The cases that the command line knows by name. */
import { dining, diningSixSteps, stories } from "../cases/index.js";
import type { Result } from "../explore/index.js";
import { lockdepOn } from "../verdict/index.js";
import {
  type KvmOptions,
  type OrdersVerdict,
  changes,
  codeOf,
  fixes,
  kvm,
  kvmWarnings,
  lockdepInOrders,
  mutants,
} from "../kvm/index.js";
import { named } from "../primitives/named.js";
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
  /** The options that mean something to it. */
  readonly takes: readonly (keyof CaseOptions)[];
  readonly make: (options: CaseOptions) => Scenario;
  /** What lockdep says of it, path by path. */
  readonly lockdep: (options: CaseOptions) => OrdersVerdict;
  /** Where the bounds say little, beside what every result warns of. */
  readonly warnings: (options: CaseOptions, result: Result) => readonly string[];
}

/** Returns which code of the KVM case is named. @throws UnknownNameError naming the nearest */
export function kvmCodeNames({
  fix = "none",
  mutant = "m0",
  change = [],
}: CaseOptions): KvmOptions {
  return {
    fix: named("fix", fix, fixes).name,
    mutant: named("mutant", mutant, mutants).number,
    changes: [...new Set(change)].map((name) => named("change", name, changes).name),
  };
}

/** A case whose paths lockdep sees once each, one process after the other. */
function plain(name: string, summary: string, make: Case["make"], takes: Case["takes"] = []): Case {
  return {
    name,
    summary,
    takes,
    make,
    lockdep: (options) => {
      const { reports } = lockdepOn(make(options));
      const report = reports.find(({ kind }) => kind !== "warn") ?? null;
      const kind = report?.kind ?? null;
      return { report, kind, orders: [{ order: "as declared", kind }] };
    },
    warnings: () => [],
  };
}

/** Every case, the one that the lab is about first. */
export const cases: readonly Case[] = [
  {
    name: "kvm-pi",
    summary: "posted interrupts that wake vCPUs",
    takes: ["fix", "mutant", "change", "cpus", "vcpus"],
    make: ({ cpus = 2, vcpus = 2, ...code }) => kvm({ ...kvmCodeNames(code), cpus, vcpus }),
    lockdep: (options) => lockdepInOrders(codeOf(kvmCodeNames(options))),
    warnings: (options, result) => {
      const { mutant, changes: asked = [] } = kvmCodeNames(options);
      return kvmWarnings({ result, changes: asked, changed: mutant !== "m0" || asked.length > 0 });
    },
  },
  plain("dining", "dining philosophers of four steps", ({ size = 5 }) => dining(size), ["size"]),
  plain(
    "dining-six-steps",
    "dining philosophers of six steps",
    ({ size = 5 }) => diningSixSteps(size),
    ["size"],
  ),
  ...stories.map(({ name, scenario }) => plain(name, scenario.name, () => scenario)),
];
