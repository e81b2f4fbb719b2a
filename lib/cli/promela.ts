/** `lab promela`: writes a scenario for the checker SPIN. */
import type { Command } from "commander";
import { promela } from "../explore/index.js";
import { translate } from "../machine/index.js";
import { caseNames, findCase } from "./find-case.js";

interface Options {
  readonly case: string;
  readonly fix?: string;
  readonly mutant?: string;
  readonly change?: string;
  readonly cpus?: string;
  readonly vcpus?: string;
  readonly verdict?: boolean;
}

function write(options: Options): void {
  try {
    const model = translate(findCase(options.case, options));
    const purpose = options.verdict === true ? "verdict" : "graph";
    process.stdout.write(`${promela(model, { purpose })}\n`);
  } catch (error) {
    process.stderr.write(
      `lab promela: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 2;
  }
}

/** Adds the command. */
export function registerPromela(program: Command): void {
  program
    .command("promela")
    .description("write a scenario as a Promela model for SPIN, which also runs on many cores")
    .option("--case <name>", `the scenario: ${caseNames.join(", ")}`, "kvm-pi")
    .option("--fix <name>", "kvm-pi: the fix")
    .option("--mutant <name>", "kvm-pi: the mutant")
    .option("--change <name>", "kvm-pi: the change of the mechanism")
    .option("--cpus <n>", "kvm-pi: CPUs; philosophers of a dining case")
    .option("--vcpus <n>", "kvm-pi: vCPUs")
    .option("--verdict", "with assertions, and devices that may fall silent")
    .action(write);
}
