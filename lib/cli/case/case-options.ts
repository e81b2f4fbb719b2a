/** The options that name a case and its size, the same for each command that takes a case. */
import type { Command } from "commander";
import { named } from "../../primitives/named.js";
import { type Case, type CaseOptions, cases } from "./cases.js";
import { countOption, listOption, nameOption } from "../frame/options.js";
import { UsageError } from "../frame/program.js";

/** What `withCaseOptions` adds to a command. */
export interface NamedCase extends CaseOptions {
  readonly case: string;
}

/** The case that is meant where none is named. */
const standard = "kvm-pi";

const one = nameOption("lab matrix takes several");

/** Adds the options that name a case. */
export function withCaseOptions(command: Command): Command {
  return command
    .option("--case <name>", "which case; `lab explore --list` has them", standard)
    .option("--fix <name>", "kvm-pi: which fix; none if left out", one)
    .option("--mutant <name>", "kvm-pi: which mutant; m0, the code as it is, if left out", one)
    .option("--change <names>", "kvm-pi: changes, separated by commas or repeated", listOption, [])
    .option("--cpus <n>", "kvm-pi: 1 to 8 CPUs; 2 if left out", countOption(1, 8))
    .option("--vcpus <n>", "kvm-pi: 1 to 8 vCPUs; 2 if left out", countOption(1, 8))
    .option("--size <n>", "dining: how many philosophers, 1 to 16", countOption(1, 16));
}

const all: readonly (keyof CaseOptions)[] = ["fix", "mutant", "change", "cpus", "vcpus", "size"];

/** Returns the options that name a case or belong to one, and were given. */
export function given(options: NamedCase): readonly string[] {
  const named = options.case === standard ? [] : ["case"];
  return [...named, ...all.filter((option) => isGiven(options, option))];
}

function isGiven(options: CaseOptions, option: keyof CaseOptions): boolean {
  const value = option === "change" ? options.change?.length : options[option];
  return value !== undefined && value !== 0;
}

/**
 * Returns the case that was named.
 *
 * @throws UnknownNameError naming the nearest
 * @throws UsageError for an option that means nothing to the case
 */
export function caseOf(options: NamedCase): Case {
  const found = named("case", options.case, cases);
  for (const option of all) {
    if (!isGiven(options, option) || found.takes.includes(option)) continue;
    const takers = cases.filter(({ takes }) => takes.includes(option)).map(({ name }) => name);
    throw new UsageError(`--${option} is for ${takers.join(" and ")}, not for ${found.name}`);
  }
  return found;
}
