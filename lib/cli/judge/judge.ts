/** `lab judge`: a fix of the case, as a patch or as C, on the bench of notebook 08. */
import { basename } from "node:path";
import type { Command } from "commander";
import {
  type BugName,
  type KvmTextOptions,
  bugCalled,
  fixes,
  judge,
  kvmFiles,
  printVerdict,
  textOf,
} from "../../kvm/index.js";
import { named } from "../../primitives/named.js";
import type { SourceFile } from "../../kernel-c/index.js";
import { verdictJson, whyHidden } from "./judge-json.js";
import { countOption, listOption } from "../frame/options.js";
import { UsageError } from "../frame/program.js";
import { parser } from "../case/cases.js";
import { ofUser } from "../case/kvm-patched.js";
import { readText } from "../frame/read-text.js";

interface Options {
  readonly fix?: string;
  readonly bugs: readonly string[];
  readonly cpus: number;
  readonly vcpus: number;
  readonly json?: true;
}

const help = `
FILE is a diff or a mail that has one in it, against the case in C; one of the case's files, changed
(posted_intr.c); or some of its functions in a file of any other name that ends with .c. Several are applied one
after another, after the fix that is named. Printed are lockdep's answer in the orders of first runs in which a real
kernel was asked and in runs that take every arm, the explorer's, which orders of locks lockdep learns anew, learns no
more, and is not told of, and of each bug that someone could add whether it would still be reported, and why.
`;

/** Adds `lab judge` to the program. */
export function registerJudge(program: Command): void {
  program
    .command("judge")
    .description(
      "judge a fix of the case: both verdicts, what it costs, and the bugs that it would hide",
    )
    .argument("[files...]", "diffs or mails, or C")
    .option("--fix <name>", "a ready fix to begin with: final, out1, two-locks ...")
    .option(
      "--bugs <names>",
      "mutants and changes to add, in place of those that are tried",
      listOption,
      [],
    )
    .option("--cpus <n>", "1 to 8 CPUs", countOption(1, 8), 2)
    .option("--vcpus <n>", "1 to 8 vCPUs", countOption(1, 8), 2)
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async (files: readonly string[], options: Options) => {
      if (files.length === 0 && options.fix === undefined) {
        throw new UsageError("nothing to judge: give a diff, C, or --fix NAME");
      }
      const kernelC = await parser();
      const { cpus, vcpus } = options;
      const verdict = ofUser(() =>
        judge(kernelC, given(files, options), { cpus, vcpus, ...bugsOf(options) }),
      );
      const text =
        options.json === true
          ? JSON.stringify(verdictJson(verdict))
          : printVerdict(verdict, whyHidden);
      process.stdout.write(`${text}\n`);
    });
}

const bugsOf = ({ bugs }: Options): { readonly bugs?: readonly BugName[] } =>
  bugs.length === 0 ? {} : { bugs: bugs.map(bugCalled) };

function given(files: readonly string[], { fix = "none" }: Options): KvmTextOptions {
  const all = files.map((file) => ({ file: basename(file), text: readText(file) }));
  const isC = ({ file }: SourceFile): boolean => file.endsWith(".c");
  const names = new Set(kvmFiles().map(({ file }) => file));
  const whole = all.filter(({ file }) => names.has(file));
  const parts = all.filter((one) => isC(one) && !whole.includes(one)).map(({ text }) => text);
  const { replaced = [] } = parts.length === 0 ? {} : textOf(parts);
  return {
    fix: named("fix", fix, fixes).name,
    replaced: [...replaced.filter(({ file }) => !whole.some((one) => one.file === file)), ...whole],
    patches: all.filter((one) => !isC(one)).map(({ text }) => text),
  };
}
