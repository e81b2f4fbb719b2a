/** `lab splat`: reads what the kernel's lockdep printed, explains it or prints its facts. */
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import type { Register } from "./main.js";
import { explain } from "../splat/explain/explain.js";
import { explanationText } from "../splat/explain/text.js";
import { factsOf } from "../splat/facts.js";
import { readSplats } from "../splat/read/read.js";

interface Options {
  readonly json?: boolean;
}

/** Registers `splat`. */
export const registerSplat: Register = (program) => {
  program
    .command("splat")
    .description("read lockdep reports from logs and mails, explain them or print their facts")
    .argument("[file...]", "files to read; standard input where none is named, or for -")
    .option("--json", "one JSON line a report: file, report, kind, facts")
    .action(async (files: string[], options: Options) => {
      for (const file of files.length === 0 ? ["-"] : files) await answer(file, options);
    });
};

async function answer(file: string, options: Options): Promise<void> {
  let input: string;
  try {
    input = file === "-" ? await text(process.stdin) : readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${file}: cannot be read (${why}); name a text file, or - for input\n`);
    process.exitCode = 1;
    return;
  }
  const reports = readSplats(input);
  if (reports.length === 0) {
    process.stderr.write(`${file}: ${whyNone(input)}\n`);
    return;
  }
  const headlines = reports.map(({ kind }) => kind);
  for (const [index, report] of reports.entries()) {
    const number = index + 1;
    if (options.json === true) {
      const facts = { ...factsOf(report), headlines_in_file: headlines };
      process.stdout.write(
        `${JSON.stringify({ file, report: number, kind: report.kind, facts })}\n`,
      );
      continue;
    }
    const where = `${file}, lines ${report.firstLine} to ${report.lastLine}`;
    const which = reports.length > 1 ? ` (report ${number} of ${reports.length})` : "";
    process.stdout.write(`${where}${which}\n\n${explanationText(explain(report))}\n`);
  }
}

function whyNone(input: string): string {
  if (input.trim() === "") return "the input is empty; paste a kernel log or name a file";
  if (input.slice(0, 65536).includes("\0")) {
    return "no lockdep report, and it looks like a binary file; give the log as text";
  }
  return (
    "no lockdep report found; one begins with a line such as " +
    "`WARNING: possible circular locking dependency detected`"
  );
}
