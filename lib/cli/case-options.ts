/** The options that name a case and its size, the same for each command that takes a case. */
import type { Command } from "commander";
import { UnknownNameError, named } from "../kvm/index.js";
import { type Case, type CaseOptions, cases } from "./cases.js";
import { countOption, listOption } from "./options.js";

/** What `withCaseOptions` adds to a command. */
export interface NamedCase extends CaseOptions {
  readonly case: string;
}

/** Adds the options that name a case. */
export function withCaseOptions(command: Command): Command {
  return command
    .option("--case <name>", "which case; `lab explore --list` has them", "kvm-pi")
    .option("--fix <name>", "kvm-pi: which fix", "none")
    .option("--mutant <name>", "kvm-pi: which mutant", "m0")
    .option("--change <names>", "kvm-pi: changes, separated by commas or repeated", listOption, [])
    .option("--cpus <n>", "kvm-pi: 1 to 4 CPUs", countOption(1, 4))
    .option("--vcpus <n>", "kvm-pi: 1 to 4 vCPUs", countOption(1, 4))
    .option("--size <n>", "dining: how many philosophers, 1 to 16", countOption(1, 16));
}

/** Returns the case that was named. @throws UnknownNameError naming the nearest */
export function caseOf(options: NamedCase): Case {
  return named("case", options.case, cases);
}

/** Runs a command; a name that means nothing is said on stderr, and the exit status is then 2. */
export function withKnownNames(command: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof UnknownNameError)) throw error;
    process.stderr.write(`lab ${command}: ${error.message}\n`);
    process.exitCode = 2;
  }
}
