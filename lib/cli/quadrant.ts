/** `lab quadrant`: lockdep's verdict beside the explorer's. */
import type { Command } from "commander";
import { exploreModel } from "../explore/explore.js";
import { explorerVerdict } from "../kvm/index.js";
import { quadrantOf } from "../verdict/index.js";
import { withCaseOptions } from "./case/case-options.js";
import { type CaseOrFile, caseOrFile } from "./case/file-case.js";
import { type Limits, limitsIn, withLimitOptions, inOptions } from "./frame/limit-options.js";

interface Options extends CaseOrFile, Limits {
  readonly json?: true;
}

const help = `
FILE is a file of kernel C, whose comments say what runs (/* lab: thread FUNCTION on 0 */), or a module
(.ts, .mjs) that exports a scenario. --json: lockdep with kind and orders, explorer with verdict, complete,
states, steps and summary, and the quadrant.
`;

/** Steps that never ran, named where lockdep is silent: so many at most. */
const mostNamed = 4;

/** Adds the command. */
export function registerQuadrant(program: Command): void {
  withLimitOptions(withCaseOptions(program.command("quadrant")))
    .argument("[file]", "a file of kernel C, or a module that exports a scenario")
    .description("say what lockdep and the explorer say of a case or a file, and how that fits")
    .option("--patch <file>", "apply a patch to kvm-pi or to the file of C first; a mail will do")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async (file: string | undefined, options: Options) => {
      const of = await caseOrFile(file, options);
      const { scenario, model } = await of.make(options);
      const result = exploreModel(model, limitsIn(options));
      const { kind, orders, report, warnings, neverRan = [] } = await of.lockdep(options);
      const quadrant = quadrantOf(report, result);
      const { complete, states, summary, violations } = result;
      const steps = Object.values(violations)[0]?.schedule.length ?? null;
      const verdict = explorerVerdict(result);
      const explorer = { verdict, complete, states, steps, summary: inOptions(summary) };
      const lines = [
        scenario.name,
        `  lockdep   ${kind ?? "silent"}`,
        ...warnings.map((warning) => `            warns: ${warning}`),
        ...(report === null ? neverRan : []).slice(0, mostNamed).map((of) => `    no run of ${of}`),
        `  explorer  ${inOptions(summary)}`,
        `  together  ${quadrant}`,
        ...result.warnings.map((warning) => `  beware    ${warning}`),
      ];
      const text =
        options.json === true
          ? JSON.stringify({ lockdep: { kind, orders, warnings }, explorer, quadrant })
          : lines.join("\n");
      process.stdout.write(`${text}\n`);
    });
}
