/**
 * Programs of locks as text, and a lockdep's answers to them.
 *
 * format.ts has the operations and lock-types.ts the types of lock, parse*.ts read them, run.ts and
 * interpreter.ts do them to a lockdep, and console.ts is what a warning does on its way out.
 */
export type { LockProgram, LockProgramLock, LockProgramOp, ProgramClass } from "./format.js";
export { parseLockProgram, type ParsedLockProgram } from "./parse.js";
export {
  answerLockProgram,
  type LockProgramAnswer,
  type LockProgramReport,
  runLockProgram,
} from "./run.js";
