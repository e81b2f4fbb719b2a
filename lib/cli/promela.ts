/** `lab promela`: writes a scenario for the checker SPIN. */
import type { Command } from "commander";
import { promela } from "../explore/index.js";
import { translate } from "../machine/index.js";
import { type NamedCase, caseOf, withCaseOptions, withKnownNames } from "./case-options.js";

interface Options extends NamedCase {
  readonly verdict?: true;
}

/** Adds the command. */
export function registerPromela(program: Command): void {
  withCaseOptions(program.command("promela"))
    .description("write a scenario as a Promela model for SPIN, which also runs on many cores")
    .option("--verdict", "with assertions, and devices that may fall silent")
    .action((options: Options) => {
      withKnownNames("promela", () => {
        const model = translate(caseOf(options).make(options));
        const purpose = options.verdict === true ? "verdict" : "graph";
        process.stdout.write(`${promela(model, { purpose })}\n`);
      });
    });
}
