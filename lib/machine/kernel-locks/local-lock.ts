/**
 * Local locks: include/linux/local_lock_internal.h, as a kernel without PREEMPT_RT has them. Each CPU has its own,
 * and takes it by keeping others off: nobody waits, and a task that finds it taken has been let in where it must not be.
 */
import {
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  preempt_count,
  this_cpu,
} from "../kernel/cpu.js";
import { type Element, add, current, eq, sub } from "../language/expr.js";
import { CPU, NONE } from "../language/id-set.js";
import { fn } from "../language/control-flow.js";
import { type Effect, assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import { acquireFact, lockOf, lockVariable } from "./common.js";

/**
 * Declares a `local_lock_t` of each CPU: `DEFINE_PER_CPU(local_lock_t, name)`.
 *
 * @example
 * const lock = local_lock_t("pagesets.lock");
 */
export function local_lock_t(name: string): Variable {
  const made = lockVariable("local_lock", name, { kind: "process" }, { per: [CPU] });
  if (made.lock === null) return made;
  return { ...made, lock: { ...made.lock, lockType: "percpu" } };
}

const count = this_cpu(preempt_count);

const taken = (call: string, of: Variable, more: readonly Effect[]): Step => {
  const lock = lockOf(this_cpu(of), call, "local_lock");
  const label = `${call}(&${of.name})`;
  return step(label, {
    then: [
      ...more,
      check(eq(lock, NONE), `${label}: it is taken on this CPU already`, "misuse"),
      assign(lock, current()),
    ],
    facts: [acquireFact(lock, {}, 0, false), { kind: "locked", lock, read: 0 }],
  });
};

const dropped = (call: string, of: Variable, more: readonly Effect[]): Step => {
  const lock: Element = lockOf(this_cpu(of), call, "local_lock");
  const label = `${call}(&${of.name})`;
  return step(label, {
    then: [
      check(eq(lock, current()), `${label}: this task does not hold it`, "misuse"),
      assign(lock, NONE),
      ...more,
    ],
    facts: [
      { kind: "release", lock },
      { kind: "unlocked", lock },
    ],
  });
};

/** `local_lock()`: with preemption off. A misuse where this CPU's is taken. */
export const local_lock = (of: Variable): Step =>
  taken("local_lock", of, [assign(count, add(count, 1))]);
/** `local_unlock()` */
export const local_unlock = (of: Variable): Step =>
  dropped("local_unlock", of, [assign(count, sub(count, 1))]);

/** `local_lock_irq()` */
export const local_lock_irq = (of: Variable): Statement =>
  fn("local_lock_irq", [local_irq_disable(), taken("local_lock_irq", of, [])]);
/** `local_unlock_irq()` */
export const local_unlock_irq = (of: Variable): Statement =>
  fn("local_unlock_irq", [dropped("local_unlock_irq", of, []), local_irq_enable()]);

/** `local_lock_irqsave()`: the flags are a bool variable that this process alone uses. */
export const local_lock_irqsave = (of: Variable, flags: Element | Variable): Statement =>
  fn("local_lock_irqsave", [local_irq_save(flags), taken("local_lock_irqsave", of, [])]);
/** `local_unlock_irqrestore()` */
export const local_unlock_irqrestore = (of: Variable, flags: Element | Variable): Statement =>
  fn("local_unlock_irqrestore", [
    dropped("local_unlock_irqrestore", of, []),
    local_irq_restore(flags),
  ]);
