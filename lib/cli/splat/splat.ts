/** `lab splat`: reads what the kernel's lockdep printed, explains it, draws it, makes a program. */
import { UsageError, type Register } from "../frame/program.js";
import { tellGroups } from "./splat-group.js";
import { inputsOf, type Input } from "./splat-inputs.js";
import { whyNone } from "./splat-none.js";
import { writeFigures } from "./splat-figures.js";
import type { SplatOptions } from "./splat-options.js";
import { tellWaits } from "./splat-waits.js";
import { answerOf } from "../../splat/answer.js";
import { explain } from "../../splat/explain/explain.js";
import { briefText, explanationText } from "../../splat/explain/format/text.js";
import { paragraph } from "../../splat/explain/format/wrap.js";
import { besideOf } from "../../splat/others/beside.js";
import type { OtherReport } from "../../splat/others/other-report.js";
import { readOthers } from "../../splat/others/read-others.js";
import { otherText } from "../../splat/others/text.js";
import { readSplats } from "../../splat/read/read.js";
import { sceneOf } from "../../splat/scene/scene-of.js";
import { premiseTable, premiseText } from "../../splat/scene/premise-table.js";
import { sceneTimeline } from "../../splat/scene/scene-timeline.js";
import { sourceOfC } from "../../splat/scene/source-c.js";
import { sourceOf } from "../../splat/scene/source.js";
import { readTasks } from "../../splat/waits/read.js";
import { circleIn, waitsOf } from "../../splat/waits/wait-for.js";
import { explainWaits } from "../../splat/waits/words.js";
import { drawSplat } from "../../views/report/splat-figures.js";

const notes = `
Exit status: 0 when every input was read, with a report in it or without (that there is none is
said on standard error, and standard output stays empty); 1 when one could not be read or a
figure not be written.

In the facts, scenario.interrupt is true where the headline of the scenario is "Possible interrupt
unsafe locking scenario" (two CPUs); one CPU with an <Interrupt> row, as in an inconsistent lock
state, has the headline "Possible unsafe locking scenario".`;

/** What is printed of a report, one at a time; `--json` has all of it. */
const views = ["brief", "cell", "c", "premises", "timeline"] as const;

/** Registers `splat`. */
export const registerSplat: Register = (program) => {
  program
    .command("splat")
    .description("read lockdep reports from logs and mails, explain them or print their facts")
    .argument(
      "[file...]",
      "files to read, and folders with all in them; standard input where none is named, or for -",
    )
    .option(
      "--json",
      "one JSON line a report: its facts, the whole explanation, a schedule and the premises",
    )
    .option("--brief", "explain in a few lines: what happened, what to do, what to ask")
    .option("--cell", "print a notebook cell that builds and explores the report's scenario")
    .option("--c", "print the scenario as kernel C, for lab explore")
    .option("--premises", "say with which premise the deadlock remains, and with which not")
    .option(
      "--timeline",
      "print a schedule of the deadlock as text for a changelog, 72 columns wide",
    )
    .option(
      "--draw <dir>",
      "write the lock graph, the scenario, the stacks and the graph of waits as SVG files",
    )
    .option("--group", "sort the reports of all files by what they are about, with counts")
    .addHelpText("after", notes)
    .action(async (files: string[], options: SplatOptions) => {
      if (options.group === true) {
        const other = ([...views, "draw"] as const).find((each) => options[each] !== undefined);
        if (other !== undefined) throw new UsageError(`--group and --${other} exclude each other`);
        await tellGroups(files, options.json === true);
        return;
      }
      const [one, other] = views.filter((each) => options[each] === true);
      if (other !== undefined)
        throw new UsageError(`--${one ?? ""} and --${other} exclude each other`);
      for await (const input of inputsOf(files)) await answer(input, options);
    });
};

async function answer({ file, text: input }: Input, options: SplatOptions): Promise<void> {
  const reports = readSplats(input);
  const tasks = readTasks(input);
  const waits = explainWaits(tasks);
  const others = readOthers(input);
  if (reports.length === 0 && waits === null && others.length === 0) {
    process.stderr.write(`${file}: ${whyNone(input)}\n`);
    return;
  }
  if (reports.length === 0) for (const other of others) tellOther(file, other, options);
  if (reports.length === 0 || circleIn(waitsOf(tasks)).length > 0) {
    await tellWaits(file, tasks, options);
  }
  const headlines = reports.map(({ kind }) => kind);
  for (const [index, report] of reports.entries()) {
    const number = index + 1;
    if (options.draw !== undefined) {
      const { graph, timeline, stacks } = await drawSplat(report);
      writeFigures(options.draw, `${file}-${number}`, { graph, timeline, stacks });
    }
    if (options.json === true) {
      const { kind, facts, ...rest } = answerOf(report);
      const told = { ...facts, headlines_in_file: headlines };
      const line = {
        ...{ file, report: number, kind, facts: told, ...rest },
        beside: besideOf(report, others),
        schedule: sceneTimeline(report),
        premises: premiseTable(report),
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    } else if (options.cell === true || options.c === true) {
      const scene = sceneOf(report);
      const none = `// ${file}, report ${number}: a ${report.kind} report tells no paths to explore\n`;
      const source = options.c === true ? sourceOfC : sourceOf;
      process.stdout.write(scene === null ? none : source(scene));
    } else if (options.timeline === true) {
      const lines = [`${file}, line ${report.firstLine}`, "", ...sceneTimeline(report), ""];
      process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    } else if (options.premises === true) {
      process.stdout.write(
        `${file}, line ${report.firstLine}\n\n${premiseText(premiseTable(report))}\n`,
      );
    } else {
      const where = `${file}, lines ${report.firstLine} to ${report.lastLine}`;
      const which = reports.length > 1 ? ` (report ${number} of ${reports.length})` : "";
      const inWords = options.brief === true ? briefText : explanationText;
      const near = besideOf(report, others).flatMap((each) => paragraph(each, "  - "));
      const beside = near.length === 0 ? "" : `\nIn the same text\n${near.join("\n")}\n`;
      process.stdout.write(`${where}${which}\n\n${inWords(explain(report))}${beside}\n`);
    }
  }
}

/** A report of another tool, for what it says of locks. */
function tellOther(file: string, other: OtherReport, options: SplatOptions): void {
  const { kind, ...facts } = other;
  const where = `${file}, line ${String(other.line)}`;
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ file, kind, facts })}\n`
      : options.cell === true || options.c === true
        ? `// ${where}: a report of this kind tells no paths to explore\n`
        : `${where}\n\n${otherText(other)}\n`,
  );
}
