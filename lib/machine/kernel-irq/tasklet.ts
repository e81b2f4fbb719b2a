/** Tasklets, which the TASKLET softirq runs (kernel/softirq.c), and irq_work, which a hardirq runs (kernel/irq_work.c). */
import { notInAtomic } from "../kernel-locks/common.js";
import { type Expr, type Operand, not, smp_processor_id } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { fn } from "../language/control-flow.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Raised, handlerOf, isActive, raise, raised } from "./one-at-a-time.js";

/** A `struct tasklet_struct`. */
export interface Tasklet extends Raised {
  readonly kind: "tasklet";
}

/** A `struct irq_work`. */
export interface IrqWork extends Raised {
  readonly kind: "irq_work";
  /** Whether it is of `IRQ_WORK_HARD_IRQ`, which PREEMPT_RT leaves in the hardirq. */
  readonly hard: boolean;
}

/** Declares a tasklet, as `tasklet_setup()` does. */
export const tasklet = (name: string): Tasklet => ({ kind: "tasklet", ...raised(name) });

/** Declares an irq_work, as `init_irq_work()` does. */
export const irq_work = (name: string, { hard = false } = {}): IrqWork => ({
  kind: "irq_work",
  ...raised(name),
  hard,
});

/** `tasklet_schedule()`: on this CPU; from any context. */
export const tasklet_schedule = (of: Tasklet): Statement =>
  raise(`tasklet_schedule(&${of.name})`, of, smp_processor_id());

/** `tasklet_kill()`: waits until it neither is scheduled nor runs. A misuse in atomic context. */
export function tasklet_kill(of: Tasklet): Statement {
  const label = `tasklet_kill(&${of.name})`;
  return fn("tasklet_kill", [step(label, { when: not(isActive(of)), then: [notInAtomic(label)] })]);
}

/** `tasklet_unlock_wait()`: waits until it runs no more. */
export const tasklet_unlock_wait = (of: Tasklet): Step =>
  step(`tasklet_unlock_wait(&${of.name})`, { when: not(of.running) });

/** Returns what a tasklet does. */
export const tasklet_fn = (of: Tasklet, name: string, body: readonly Statement[]): Process =>
  handlerOf(of, name, { context: "softirq", body });

/** `irq_work_queue()`: on this CPU; from any context. */
export const irq_work_queue = (of: IrqWork): Statement =>
  raise(`irq_work_queue(&${of.name})`, of, smp_processor_id());

/** `irq_work_queue_on()`: on that CPU, by an IPI where it is another. */
export const irq_work_queue_on = (of: IrqWork, cpu: Operand): Statement =>
  raise(`irq_work_queue_on(&${of.name})`, of, cpu);

/** Returns `irq_work_is_busy()`: whether it is queued or runs. */
export const irq_work_is_busy = (of: IrqWork): Expr => isActive(of);

/** `irq_work_sync()`: spins until it is neither queued nor runs. A misuse in atomic context. */
export function irq_work_sync(of: IrqWork): Statement {
  const label = `irq_work_sync(&${of.name})`;
  return fn("irq_work_sync", [
    step(label, { when: not(isActive(of)), then: [notInAtomic(label)] }),
  ]);
}

/** Returns what an irq_work does: in a hardirq, unless PREEMPT_RT has it in a thread. */
export const irq_work_fn = (of: IrqWork, name: string, body: readonly Statement[]): Process =>
  handlerOf(of, name, { context: "hardirq", threaded: !of.hard, body });
