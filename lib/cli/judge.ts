/** `lab judge`: a patch to the case, or a file of it, on the workbench. */
import { basename } from "node:path";
import type { Command } from "commander";
import {
  type KvmTextOptions,
  type PatchVerdict,
  explorerVerdict,
  fateSentence,
  judgePatch,
  printPatchVerdict,
} from "../kvm/index.js";
import { countOption } from "./options.js";
import { ofUser } from "./case/kvm-patched.js";
import { readText } from "./read-text.js";

interface Options {
  readonly cpus: number;
  readonly vcpus: number;
  readonly json?: true;
}

const help = `
FILE is a diff or a mail that has one in it, against the case in C, or one of the case's files, changed
(posted_intr.c); several are applied one after another. Printed are lockdep's answer in the orders of first
runs in which a real kernel was asked, the explorer's, what the patch adds to lockdep's dependencies and takes
from them, and of each bug that someone could add whether it would still be reported, and why.
`;

/** Adds `lab judge` to the program. */
export function registerJudge(program: Command): void {
  program
    .command("judge")
    .description(
      "judge a patch to the case: both verdicts, what it costs, and the bugs it would hide",
    )
    .argument("<files...>", "diffs or mails, or changed files of the case")
    .option("--cpus <n>", "1 to 8 CPUs", countOption(1, 8), 2)
    .option("--vcpus <n>", "1 to 8 vCPUs", countOption(1, 8), 2)
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async (files: readonly string[], options: Options) => {
      const { loadKernelC } = await import("../notebook/kernel-c.js");
      const kernelC = await loadKernelC();
      const { cpus, vcpus } = options;
      const verdict = ofUser(() => judgePatch(kernelC, textOf(files), { cpus, vcpus }));
      const text =
        options.json === true ? JSON.stringify(asJson(verdict)) : printPatchVerdict(verdict);
      process.stdout.write(`${text}\n`);
    });
}

function textOf(files: readonly string[]): KvmTextOptions {
  const given = files.map((file) => ({ file: basename(file), text: readText(file) }));
  const isC = ({ file }: { readonly file: string }): boolean => file.endsWith(".c");
  return {
    replaced: given.filter(isC),
    patches: given.filter((one) => !isC(one)).map(({ text }) => text),
  };
}

const asJson = ({ lockdep, result, quadrant, adds, drops, bugs }: PatchVerdict): object => ({
  lockdep: { kind: lockdep.kind, orders: lockdep.orders },
  explorer: {
    verdict: explorerVerdict(result),
    complete: result.complete,
    states: result.states,
    summary: result.summary,
  },
  quadrant,
  adds,
  drops,
  bugs: bugs.map(({ bug, fate }) => ({ bug, fate: fate.kind, why: fateSentence(fate) })),
});
