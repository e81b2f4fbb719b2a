/**
 * Checks that tasks which sleep for locks do so where another task can go on: a task that shares its CPU
 * has to leave it while it waits, which only a scheduler's own calls do.
 */
import type { Process } from "../../language/process-type.js";
import type { SleepingCall, Statement, Step } from "../../language/statement.js";
import type { Variable } from "../../language/variable.js";

/**
 * Checks the calls on mutexes and semaphores.
 *
 * @throws TypeError that names process and call: one that would keep the CPU of others, or that wakes
 *   none of the tasks that sleep for the lock
 */
export function checkSleeping(processes: readonly Process[]): void {
  const calls = processes.flatMap((process) =>
    [...process.body, ...(process.exit ?? [])]
      .flatMap(callsIn)
      .map((call) => ({ process, ...call })),
  );
  const slept = new Set<Variable>();
  for (const { sleeping } of calls) if (sleeping.instead === null) slept.add(sleeping.lock);
  for (const { process, label, sleeping } of calls) {
    const { lock, instead } = sleeping;
    if (instead === null) continue;
    const where = `process ${process.name}, ${label}`;
    if (sharesCpu(process)) {
      throw new TypeError(
        `${where}: a task that shares its CPU leaves it while it waits; ` +
          (instead === ""
            ? "no scheduler() has that call; let it be a task without a CPU, as in thread(name, body) or tasks(name, set, () => ({}), body)"
            : `write ${instead}, where sched is what scheduler() returned`),
      );
    }
    if (slept.has(lock)) {
      throw new TypeError(
        `${where}: tasks of a scheduler sleep for this lock, of which this call knows nothing; a task of theirs can write ${instead}`,
      );
    }
  }
}

/** Whether others may have the CPU of a task; a handler is a guest, and must not sleep at all. */
const sharesCpu = ({ kind, hasCpu }: Process): boolean => kind === "task" && hasCpu.op !== "const";

interface Call {
  readonly label: string;
  readonly sleeping: SleepingCall;
}

const callOf = ({ label, sleeping }: Step): Call[] =>
  sleeping === null ? [] : [{ label, sleeping }];

function callsIn(of: Statement): Call[] {
  switch (of.kind) {
    case "step":
      return callOf(of);
    case "choose":
      return callOf(of.step);
    case "if":
      return [...of.then, ...of.else].flatMap(callsIn);
    case "until":
      return [...of.exits.flatMap(({ then }) => then), ...of.body].flatMap(callsIn);
    case "either":
      return of.arms.flatMap((arm) => arm.flatMap(callsIn));
    case "while":
    case "call":
    case "section":
      return of.body.flatMap(callsIn);
    case "annotate":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      return [];
  }
}
