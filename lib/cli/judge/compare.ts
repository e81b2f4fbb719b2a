/** `lab compare`: what can happen in one version and not in the other. */
import type { Command } from "commander";
import { type Behaviour, compare, printComparison } from "../../explore/index.js";
import { withCaseOptions } from "../case/case-options.js";
import { type CaseOrFile, caseOrFile } from "../case/file-case.js";
import { type Limits, limitsIn, withLimitOptions } from "../frame/limit-options.js";
import { UsageError } from "../frame/program.js";

interface Options extends CaseOrFile, Limits {
  readonly json?: true;
}

const help = `
BEFORE and AFTER are files of kernel C or modules that export a scenario, two versions of one text; or one file and
--patch; or, with none, the case as it is and with the fix, the mutant, the changes and the patch that are named.
Compared are failures, races (two steps that are about to touch one place, of which one writes it), waits with what is
held meanwhile, and steps: + can happen only after, - only before. CPUs and tasks have no numbers in it.
`;

/** Adds the command. */
export function registerCompare(program: Command): void {
  withLimitOptions(withCaseOptions(program.command("compare")))
    .argument("[files...]", "the version before, and the one after")
    .description("say which behaviours a change makes possible, and which impossible")
    .option("--patch <file>", "what comes after is the same with a patch; a mail will do")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async (files: readonly string[], options: Options) => {
      const [before, after = before, ...more] = files;
      if (more.length > 0) throw new UsageError("two files at most: before and after");
      const { patch, fix, mutant, change, ...size } = options;
      const isNamed = fix !== undefined || mutant !== undefined || (change ?? []).length > 0;
      if (before === after && patch === undefined && !isNamed) {
        throw new UsageError(
          "two versions are wanted: two files, --patch, or --fix, --mutant, --change",
        );
      }
      const [was, is] = [
        (await (await caseOrFile(before, size)).make(size)).scenario,
        (await (await caseOrFile(after, options)).make(options)).scenario,
      ];
      const found = compare(was, is, limitsIn(options));
      const plain = (all: readonly Behaviour[]): object[] =>
        all.map(({ kind, what, schedule }) => ({ kind, what, steps: schedule().length }));
      const { added, gone, complete, states } = found;
      const text =
        options.json === true
          ? JSON.stringify({ added: plain(added), gone: plain(gone), complete, states })
          : printComparison(found);
      process.stdout.write(`${text}\n`);
    });
}
