/** `lab promela`: writes a scenario for the checker SPIN. */
import type { Command } from "commander";
import { promela } from "../explore/index.js";
import { withCaseOptions } from "./case/case-options.js";
import { type CaseOrFile, caseOrFile } from "./case/file-case.js";

interface Options extends CaseOrFile {
  readonly verdict?: true;
}

const help = `
To count the states, each one a state of the lab's own (add -DCOLLAPSE where memory is short):
  lab promela --fix final > model.pml
  spin -o1 -o2 -o3 -a model.pml
  gcc -O2 -DSAFETY -DNOREDUCE -DVECTORSZ=4096 -DMEMLIM=8192 -o pan pan.c
  ./pan -m4000000 -A -E -c0

To look for violations: --verdict, and ./pan -m4000000 -c1.

Where one core or one memory is too small: gcc -DBFS_PAR searches breadth first on every core;
the swarm script of spinroot.com makes many partial searches for many machines. A swarm searches
and does not prove: what none of them came upon may still be there.
`;

/** Adds the command. */
export function registerPromela(program: Command): void {
  withCaseOptions(program.command("promela"))
    .argument("[file]", "a file of kernel C, or a module that exports a scenario")
    .option("--patch <file>", "apply a patch to the file of C first; a mail will do")
    .description("write a scenario as a Promela model for SPIN, which also runs on many cores")
    .option("--verdict", "with assertions, and devices that may fall silent")
    .addHelpText("after", help)
    .action(async (file: string | undefined, options: Options) => {
      const of = await caseOrFile(file, options);
      const { model } = await of.make(options);
      const purpose = options.verdict === true ? "verdict" : "graph";
      process.stdout.write(`${promela(model, { purpose })}\n`);
    });
}
