/** `lab trace`: lock events of perf or ftrace, replayed through the lab's lockdep. */
import { isLockTrace, readLockTrace } from "../../splat/trace/read-trace.js";
import { replayTrace } from "../../splat/trace/replay-trace.js";
import { traceText } from "../../splat/trace/text.js";
import type { Register } from "../frame/program.js";
import { inputsOf } from "./splat-inputs.js";

interface Options {
  readonly json?: boolean;
  readonly edges?: boolean;
}

const notes = `
Every edge with all the stacks that stand behind it, not the one that lockdep keeps:
  perf record -g -a -e 'lock:lock_acquire,lock:lock_release,irq:*,irq_vectors:*' -- sleep 1
  perf script > trace.txt          # or trace-cmd report, or /sys/kernel/tracing/trace
It takes a kernel with CONFIG_LOCKDEP (PROVE_LOCKING or LOCK_STAT). lab what-if reads such files too.

Exit status: 0 when every file was read and has events; 1 when one could not be read or has none: that
is said on standard error, and the others are told of; 2 when an option is wrong.`;

/** Registers `trace`. */
export const registerTrace: Register = (program) => {
  program
    .command("trace")
    .description(
      "replay lock:* events of perf script or trace-cmd report through the lab's lockdep",
    )
    .argument("[file...]", "traces as text; standard input where none is named, or for -")
    .option("--edges", "tell of every edge, not only of those of circles")
    .option("--json", "one JSON line a trace, with every edge, its witnesses and pairs of locks")
    .addHelpText("after", notes)
    .action(async (files: string[], options: Options) => {
      for await (const { file, text } of inputsOf(files)) {
        if (!isLockTrace(text)) {
          process.stderr.write(
            `${file}: no lock:lock_acquire event of perf script, trace-cmd report or ftrace was found; see lab trace --help for how to record them\n`,
          );
          process.exitCode = 1;
          continue;
        }
        const replay = replayTrace(readLockTrace(text));
        process.stdout.write(
          options.json === true
            ? `${JSON.stringify({ file, ...replay })}\n`
            : `${file}\n\n${traceText(replay, options.edges === true)}\n`,
        );
      }
    });
};
