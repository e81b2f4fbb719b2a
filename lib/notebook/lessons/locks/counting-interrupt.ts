import {
  CPU,
  type LockRef,
  type Operand,
  type Process,
  type Scenario,
  type Statement,
  type Variable,
  add,
  and,
  assert,
  at,
  bool,
  device,
  eq,
  hardirq,
  not,
  or,
  raw_spin_lock,
  raw_spin_unlock,
  scenario,
  send_ipi,
  set,
  thread,
  variable,
} from "../../../machine/index.js";
import {
  canReach,
  exercise,
  explorerFindsNothing,
  lockdepIsSilent,
  on,
  type Exercise,
} from "../../exercise/index.js";

/** What is counted, under which lock, and by which other code. */
export interface Counting {
  readonly lock: LockRef;
  /** From 0 to 2. */
  readonly count: Variable;
  /** Whether the task, 0, and the handler, 1, have counted. */
  readonly done: Variable;
  /** What the handler does: it counts, under the lock. */
  readonly handler: readonly Statement[];
}

type Ending = Readonly<Record<string, Operand>>;

/** Returns the exercise to mend a task that shares a lock and a count with an interrupt's handler. */
export function countingInterrupt(counting: Counting): Exercise<readonly Statement[]> {
  const { lock, count, done } = counting;
  const finished = and(at(done, 0), at(done, 1));
  const kept = or(not(finished), eq(count, 2));
  const beside =
    (name: string, cpu: number, others: readonly Process[], atEnd: Ending = {}) =>
    (task: readonly Statement[]): Scenario =>
      scenario(`task on cpu0 and ${name}`, {
        sizes: { cpu },
        processes: [thread("task", 0, task), ...others],
        always: { "no count is lost": kept },
        finally: atEnd,
      });
  const on1 = beside("handler on cpu0 count", 1, interrupted(counting, 0));
  // The handler of another CPU comes in although IRQs are off: only the lock keeps it away.
  const on2 = beside("handler on cpu1 count", 2, interrupted(counting, 1));
  // One that says nothing of having counted: a task that does not count from what is there loses its count.
  const counter = thread("counter", 1, [
    raw_spin_lock(lock),
    set(count, add(count, 1), "count"),
    raw_spin_unlock(lock),
  ]);
  const besideCounter = beside("a thread that counts", 2, [counter], {
    "both have counted": and(at(done, 0), eq(count, 2)),
  });
  // One that holds the lock and looks twice: the count stays what it is.
  const seen = variable("seen", count.domain);
  const looker = thread("looker", 1, [
    raw_spin_lock(lock),
    set(seen, count, "look"),
    assert(eq(seen, count), "the count changes while another holds the lock"),
    raw_spin_unlock(lock),
  ]);
  const besideLooker = beside("a thread that looks", 2, [...interrupted(counting, 0), looker]);
  return exercise<readonly Statement[]>("An interrupt that counts", {
    expect: [
      on("with the handler", on1, explorerFindsNothing()),
      on("with the handler", on1, lockdepIsSilent()),
      on("with the handler", on1, canReach("both count", finished)),
      on("with the handler on another CPU", on2, explorerFindsNothing()),
      on("with the handler on another CPU", on2, canReach("both count", finished)),
      on("beside a thread that counts, too", besideCounter, explorerFindsNothing()),
      on("beside a thread that looks under the lock", besideLooker, explorerFindsNothing()),
    ],
    hints: ["When is the handler let in?", "What must be off with the lock held?"],
    untested: ["more than two CPUs", "a caller that has IRQs off already"],
  });
}

function interrupted({ handler }: Counting, irqCpu: number): readonly Process[] {
  const vector = variable("vector", bool, { per: [CPU] });
  return [hardirq("handler", vector, () => handler), device("device", [send_ipi(vector, irqCpu)])];
}
