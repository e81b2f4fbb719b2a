/** The options that switch reductions off. */
import type { Command } from "commander";
import type { Reductions } from "../../explore/index.js";
import type { Scenario } from "../../machine/index.js";
import { UnknownNameError } from "../../primitives/named.js";
import { listOption } from "./options.js";

/** What `withReductionOptions` adds to a command. */
export interface ReductionOptions {
  /** False for `--no-reductions`. */
  readonly reductions: boolean;
  readonly without: readonly string[];
}

/** Adds the options. */
export function withReductionOptions(command: Command): Command {
  return command
    .option("--no-reductions", "store every state as it is")
    .option(
      "--without <names>",
      "leave reductions out: local, partial-order, symmetry, or that of a set, as symmetry-cpu",
      listOption,
      [],
    );
}

/**
 * Returns the reductions that are left; null where none was switched off, so that a small graph is explored
 * as it is.
 *
 * @throws UnknownNameError naming the nearest
 */
export function reductionsIn(
  { reductions, without }: ReductionOptions,
  { sizes }: Scenario,
): Reductions | null {
  if (!reductions) return { local: false, symmetry: false };
  if (without.length === 0) return null;
  const sets = Object.keys(sizes);
  const ofSet = (set: string): string => `symmetry-${set}`;
  const names = ["local", "partial-order", "symmetry", ...sets.map(ofSet)];
  for (const name of without) {
    if (!names.includes(name)) throw new UnknownNameError("reduction", name, names);
  }
  const kept = without.includes("symmetry") ? [] : sets.filter((s) => !without.includes(ofSet(s)));
  return {
    local: !without.includes("local"),
    partialOrder: !without.includes("partial-order"),
    symmetry: kept,
  };
}
