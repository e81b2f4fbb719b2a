/** Turns a report into a lab program that makes the lab's own lockdep say the same. */
import { printReport } from "../print/index.js";
import { readSplats } from "../read/read.js";
import type { SplatReport } from "../report/index.js";
import { saysTheSame } from "./agree.js";
import { ProgramBuilder } from "./build.js";
import { buildInconsistent, buildInversion, buildSafeUnsafe } from "./irq.js";
import { buildCircular, buildRecursive } from "./order.js";
import { kernelOf } from "./kernel.js";
import type { Fidelity, SplatProgram, ToProgram } from "./program.js";
import { runSplatProgram } from "./run.js";
import { buildBadUnlock, buildFreed, buildLeak, buildWaitContext } from "./state.js";

/** From everything that the report tells to the bare order of its locks. */
const ladder: readonly Fidelity[] = [
  { usage: true, waits: true, readers: true },
  { usage: true, waits: true, readers: false },
  { usage: true, waits: false, readers: true },
  { usage: true, waits: false, readers: false },
  { usage: false, waits: true, readers: true },
  { usage: false, waits: true, readers: false },
  { usage: false, waits: false, readers: false },
];

/** Gives the reason why a report is no program, or null. */
function build(builder: ProgramBuilder): string | null {
  const { report } = builder;
  switch (report.kind) {
    case "circular":
      return buildCircular(builder, report);
    case "recursive":
      return buildRecursive(builder, report);
    case "inconsistent":
      return buildInconsistent(builder, report);
    case "irq-inversion":
      return buildInversion(builder, report);
    case "irq-safe-unsafe":
      return buildSafeUnsafe(builder, report);
    case "wait-context":
      return buildWaitContext(builder, report);
    case "bad-unlock":
      return buildBadUnlock(builder, report);
    case "held-freed":
      return buildFreed(builder, report);
    case "user-space":
    case "still-held":
      return buildLeak(builder, report);
    case "nested-not-taken":
    case "rcu-usage":
    case "non-static-key":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "wq-leaked-lock":
    case "bad-contention":
    case "debug-locks-warn":
    case "lock-debug":
    case "warn":
      return `a report of the kind ${report.kind} tells no locks and paths to run`;
  }
}

/**
 * Makes a program of a report: every dependency and usage that it tells of on a path of its own,
 * the step that made lockdep speak last. Of what the report tells the program keeps as much as lets the lab's
 * lockdep give the same answer; `fidelity` says what.
 *
 * @returns the program, or the reason why the report does not tell enough for one
 */
export function toProgram(report: SplatReport): ToProgram {
  const made = ladder.map((fidelity) => attempt(report, fidelity));
  const faithful = made.find((each) => each.ok && comesBack(report, each.program));
  const first = faithful ?? made[0];
  return first ?? { ok: false, reason: "nothing to run" };
}

function attempt(report: SplatReport, fidelity: Fidelity): ToProgram {
  const builder = new ProgramBuilder(report, fidelity);
  const reason = build(builder);
  if (reason !== null) return { ok: false, reason };
  const { task, headline } = report;
  const program: SplatProgram = {
    name: headline,
    kernel: kernelOf(report),
    locks: builder.table.locks,
    paths: builder.paths,
    comm: task?.comm ?? "task",
    pid: task?.pid ?? 1,
    fidelity,
  };
  return { ok: true, program };
}

/** Runs a program, prints what lockdep says, reads it again and compares it with the report. */
export function comesBack(report: SplatReport, program: SplatProgram): boolean {
  const said = runSplatProgram(program).report;
  const again = said === null ? undefined : readSplats(printReport(said, program.kernel))[0];
  return again !== undefined && saysTheSame(report, again);
}
