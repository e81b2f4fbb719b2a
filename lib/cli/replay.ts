/** `lab replay`: asks lockdep about the lock programs of a file. */
import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import {
  answerLockProgram,
  KERNEL_NAMES,
  type KernelName,
  Lockdep,
  type LockProgram,
  parseLockProgram,
} from "../lockdep/index.js";
import { normalText, programText } from "../splat/print/index.js";

interface ReplayOptions {
  readonly kernel: KernelName;
  readonly state?: true;
}

/** The answer to a program of the first format: the first report, or null. */
function firstAnswer({ id }: LockProgram, answer: ReturnType<typeof answerLockProgram>): object {
  const found = answer.reports[0];
  const report = found && {
    step: found.step,
    kind: found.report.kind,
    text: normalText(found.report),
  };
  return { id, report: report ?? null };
}

/** The answer to a program of the extended format: all that lockdep says. */
function wholeAnswer({ id }: LockProgram, answer: ReturnType<typeof answerLockProgram>): object {
  const reports = answer.reports.map(({ step, report }) => ({
    step,
    kind: report.kind,
    text: programText(report),
  }));
  return { id, reports, says: answer.says, off: answer.off };
}

function read(text: string, complain: (number: number, why: string) => void): LockProgram[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const parsed = parseLockProgram(line);
    if (parsed.ok) return [parsed.program];
    complain(i + 1, parsed.error);
    return [];
  });
}

function replay(file: string, { kernel, state }: ReplayOptions): void {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`lab replay: cannot read ${file}: ${why}\n`);
    process.exitCode = 1;
    return;
  }
  const programs = read(text, (number, why) => {
    process.stderr.write(`lab replay: ${file}:${number}: ${why}\n`);
    process.exitCode = 1;
  });
  // Many an extended program uses nothing that the first format lacks: its neighbours tell.
  const otherwise = programs.some(({ format }) => format === "extended") ? "extended" : "first";
  const out = programs.map((program) => {
    const lockdep = new Lockdep({ kernel });
    const answer = answerLockProgram(program, lockdep);
    const inFormat = (program.format ?? otherwise) === "extended" ? wholeAnswer : firstAnswer;
    const said = inFormat(program, answer);
    return JSON.stringify(state ? { ...said, state: lockdep.program_state() } : said);
  });
  process.stdout.write(out.map((json) => `${json}\n`).join(""));
}

/** Adds the command. */
export function registerReplay(program: Command): void {
  program
    .command("replay")
    .description("run lock programs (one JSON object a line) through lockdep and print its answers")
    .argument("<file>", "programs as JSON lines: id, locks, ops; an answer in it is ignored")
    .addOption(
      new Option("--kernel <name>", "whose lockdep").choices([...KERNEL_NAMES]).default("6.12"),
    )
    .option("--state", "print, too, what lockdep knows in the end")
    .action(replay);
}
