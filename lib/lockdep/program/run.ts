/** Runs a lock program and collects what lockdep says to it. */
import type { LockdepMap } from "../state/map.js";
import type { Lockdep } from "../lockdep.js";
import type { Report } from "../report/report.js";
import type { LockProgram } from "./format.js";
import { Interpreter } from "./interpreter.js";

/** What lockdep said, and to which operation. */
export interface LockProgramReport {
  /** Index in `ops`. */
  readonly step: number;
  readonly report: Report;
}

/** Everything that came of a program. */
export interface LockProgramAnswer {
  readonly reports: readonly LockProgramReport[];
  /** Per question whether a lock is held: the step, and 1, 0 or -1 where lockdep cannot say. */
  readonly says: readonly (readonly [step: number, value: number])[];
  /** The step that switched lockdep off, or -1. */
  readonly off: number;
  /** The locks, for further calls to the lockdep. */
  readonly maps: readonly LockdepMap[];
}

/**
 * Runs a program until lockdep is off, as the kernel's own interpreter does.
 *
 * @param lockdep one that knows nothing yet
 * @returns every report, in order
 */
export function answerLockProgram(program: LockProgram, lockdep: Lockdep): LockProgramAnswer {
  const interpreter = new Interpreter(program, lockdep);
  const reports: LockProgramReport[] = [];
  const says: (readonly [number, number])[] = [];
  let off = -1;
  for (const [step, op] of program.ops.entries()) {
    const before = lockdep.reports.length;
    const said = interpreter.run(op, step);
    if (said !== null) says.push([step, said]);
    reports.push(...lockdep.reports.slice(before).map((report) => ({ step, report })));
    if (lockdep.debug_locks) continue;
    off = step;
    break;
  }
  return { reports, says, off, maps: interpreter.maps };
}

/**
 * Runs a program until lockdep is off: up to the first report, unless lockdep is one that goes on.
 *
 * @param lockdep one that knows nothing yet
 * @returns the first report, or null
 */
export function runLockProgram(program: LockProgram, lockdep: Lockdep): LockProgramReport | null {
  return answerLockProgram(program, lockdep).reports[0] ?? null;
}
