/** The cases that the command line knows by name. */
import { dining, diningSixSteps, stories } from "../../atlas/stories/index.js";
import {
  type KvmOptions,
  changes,
  fixes,
  kvm,
  kvmFiles,
  kvmWarnings,
  lockdepInOrders,
  mutants,
} from "../../kvm/index.js";
import { translatedPaths } from "../../kvm/c/paths-once.js";
import type { KernelC } from "../../kernel-c/index.js";
import { named } from "../../primitives/named.js";
import type { Case, CaseOptions } from "./case.js";
import { plainCase } from "./plain-case.js";
import { pathsOfC, translatedC } from "./translated.js";

export type { Case, CaseOptions } from "./case.js";

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

/** Returns what reads C; only a command about C waits for its parser. */
export async function parser(): Promise<KernelC> {
  const { loadKernelC } = await import("../../notebook/kernel-c.js");
  return loadKernelC();
}

/** Every case, the one that the lab is about first. */
export const cases: readonly Case[] = [
  {
    name: "kvm-pi",
    summary: "posted interrupts that wake vCPUs",
    takes: ["fix", "mutant", "change", "cpus", "vcpus"],
    make: ({ cpus = 2, vcpus = 2, ...code }) => {
      const of = { ...kvmCodeNames(code), cpus, vcpus };
      return translatedC(of, async () => kvm(await parser(), of));
    },
    lockdep: async (options) => {
      const of = kvmCodeNames(options);
      const make = async () => translatedPaths(await parser(), kvmFiles(of));
      return lockdepInOrders(await pathsOfC(of, make));
    },
    warnings: (options, result) => {
      const { mutant, changes: asked = [] } = kvmCodeNames(options);
      return kvmWarnings({ result, changes: asked, changed: mutant !== "m0" || asked.length > 0 });
    },
  },
  plainCase("dining", "dining philosophers of four steps", ({ size = 5 }) => dining(size), [
    "size",
  ]),
  plainCase(
    "dining-six-steps",
    "dining philosophers of six steps",
    ({ size = 5 }) => diningSixSteps(size),
    ["size"],
  ),
  ...stories.map(({ name, scenario }) => plainCase(name, scenario.name, () => scenario)),
];
