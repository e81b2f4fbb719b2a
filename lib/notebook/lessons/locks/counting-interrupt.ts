import {
  CPU,
  type Operand,
  type Scenario,
  type Statement,
  bool,
  device,
  hardirq,
  scenario,
  send_ipi,
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

/** The handler that a task counts beside, and what must be true of the count. */
export interface Counting {
  /** What the handler does: it counts, under the lock. */
  readonly handler: readonly Statement[];
  /** Task and handler have both counted. */
  readonly finished: Operand;
  /** Must hold in every state: no count is lost. */
  readonly always: Operand;
}

/** Returns the exercise to mend a task that shares a lock and a count with an interrupt's handler. */
export function countingInterrupt(counting: Counting): Exercise<readonly Statement[]> {
  const on1 = counts(counting, 0);
  // The handler of another CPU comes in although IRQs are off: the lock alone keeps it away.
  const on2 = counts(counting, 1);
  return exercise<readonly Statement[]>("An interrupt that counts", {
    expect: [
      on("with the handler", on1, explorerFindsNothing()),
      on("with the handler", on1, lockdepIsSilent()),
      on("with the handler", on1, canReach("both count", counting.finished)),
      on("with the handler on another CPU", on2, explorerFindsNothing()),
      on("with the handler on another CPU", on2, canReach("both count", counting.finished)),
    ],
    hints: ["When is the handler let in?", "What must be off with the lock held?"],
    untested: ["more than two CPUs", "a caller that has IRQs off already"],
  });
}

const counts =
  ({ handler, always }: Counting, irqCpu: number) =>
  (task: readonly Statement[]): Scenario => {
    const vector = variable("vector", bool, { per: [CPU] });
    return scenario(`task on cpu0 and handler on cpu${String(irqCpu)} count`, {
      sizes: { cpu: irqCpu + 1 },
      processes: [
        thread("task", 0, task),
        hardirq("handler", vector, () => handler),
        device("device", [send_ipi(vector, irqCpu)]),
      ],
      always: { "no count is lost": always },
    });
  };
