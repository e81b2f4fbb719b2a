/**
 * What every CPU has: the IRQ flag, the contexts that run above the task, and preemption.
 *
 * What a scenario never reads costs nothing: such variables are dropped from its state.
 */
import {
  type Element,
  type Expr,
  type Operand,
  add,
  and,
  at,
  current,
  eq,
  not,
  or,
  sub,
} from "../language/expr.js";
import { smp_processor_id } from "../language/expr.js";
import { CPU, PROCESS } from "../language/id-set.js";
import { fn } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { shown } from "../../primitives/shown.js";
import { type Variable, bool, int, variable } from "../language/variable.js";

/** Returns a count that matters only where somebody reads it: what a scenario never asks for is not kept. */
function unbounded(of: Variable): Variable {
  return { ...of, bounded: false };
}

/** The IRQ flag: hardirqs are delivered while it is 1. */
export const irqs_enabled = variable("irqs_enabled", bool, { per: [CPU], init: 1 });
/** Whether a hardirq handler runs on the CPU. */
export const in_hardirq = variable("in_hardirq", bool, { per: [CPU] });
/** Whether a softirq runs on the CPU, perhaps under a hardirq. */
export const in_softirq = variable("in_softirq", bool, { per: [CPU] });
/** Whether a handler runs that interrupted another, which had enabled IRQs. */
export const in_nested_irq = variable("in_nested_irq", bool, { per: [CPU] });
/** Whether an NMI runs on the CPU, above all else. */
export const in_nmi = variable("in_nmi", bool, { per: [CPU] });
/** Nesting of `local_bh_disable()`. */
export const bh_count = unbounded(variable("bh_count", int(0, 7), { per: [CPU] }));
/** Nesting of spinlocks and `preempt_disable()`. */
export const preempt_count = unbounded(variable("preempt_count", int(0, 15), { per: [CPU] }));

/** `current->rcu_read_lock_nesting`: how deep each process is in RCU read-side sections. */
export const rcu_read_lock_nesting = unbounded(
  variable("rcu_read_lock_nesting", int(0, 3), { per: [PROCESS] }),
);

/** The element of a per-CPU variable on the CPU that runs this, as `this_cpu_read()` finds it. */
export function this_cpu(of: Variable): Element {
  return at(of, smp_processor_id());
}

/** Returns the step `local_irq_disable()`: IRQs are off on the CPU that runs it, and no handler begins there. */
export function local_irq_disable(): Step {
  return step("local_irq_disable()", {
    then: [assign(this_cpu(irqs_enabled), false)],
    facts: [{ kind: "hardirqs", on: false }],
  });
}

/** Returns the step `local_irq_enable()`: IRQs are on where it runs, and what is pending begins at once. */
export function local_irq_enable(): Step {
  return step("local_irq_enable()", {
    then: [assign(this_cpu(irqs_enabled), true)],
    facts: [{ kind: "hardirqs", on: true }],
  });
}

/** `local_irq_save(flags)`: `flags` is a bool variable of the scenario that this process alone uses. */
export function local_irq_save(flags: Element | Variable): Step {
  expectFlags("local_irq_save", flags);
  return step("local_irq_save(flags)", {
    then: [assign(flags, this_cpu(irqs_enabled)), assign(this_cpu(irqs_enabled), false)],
    facts: [{ kind: "hardirqs", on: false }],
  });
}

/** Returns the step `local_irq_restore(flags)`: IRQs are as they were at `local_irq_save(flags)`. */
export function local_irq_restore(flags: Element | Variable): Step {
  expectFlags("local_irq_restore", flags);
  return step("local_irq_restore(flags)", {
    then: [assign(this_cpu(irqs_enabled), flags)],
    facts: [{ kind: "restore_hardirqs", to: at_(flags) }],
  });
}

function expectFlags(call: string, flags: unknown): void {
  if (typeof flags === "object" && flags !== null) return;
  throw new TypeError(
    `${call}(): ${shown(flags)} where the flags belong: a variable("flags", bool) that this process alone uses`,
  );
}

/** `lockdep_assert_irqs_disabled()`: what lockdep is told, no step of the machine. */
export function lockdep_assert_irqs_disabled(): Statement {
  return { kind: "annotate", facts: [{ kind: "assert_irqs", on: false }] };
}

/** `local_bh_disable()` */
export function local_bh_disable(): Step {
  return step("local_bh_disable()", {
    then: [assign(this_cpu(bh_count), add(this_cpu(bh_count), 1))],
    facts: [{ kind: "softirqs", on: false }],
  });
}

/** `local_bh_enable()` */
export function local_bh_enable(): Step {
  const held = this_cpu(bh_count);
  return step("local_bh_enable()", {
    then: [
      check(not(eq(held, 0)), "local_bh_enable() without local_bh_disable()", "misuse"),
      assign(held, sub(held, 1)),
    ],
    facts: [{ kind: "softirqs", on: true }],
  });
}

/** `preempt_disable()` */
export function preempt_disable(): Step {
  const held = this_cpu(preempt_count);
  return step("preempt_disable()", { then: [assign(held, add(held, 1))] });
}

/** `preempt_enable()` */
export function preempt_enable(): Step {
  const held = this_cpu(preempt_count);
  return step("preempt_enable()", {
    then: [
      check(not(eq(held, 0)), "preempt_enable() without preempt_disable()", "misuse"),
      assign(held, sub(held, 1)),
    ],
  });
}

/** Returns whether no NMI and no nested interrupt has interrupted what runs on a CPU. */
export const nothingAbove = (cpu: Operand): Expr =>
  and(not(at(in_nmi, cpu)), not(at(in_nested_irq, cpu)));

/** Returns `in_atomic()`: the CPU may not be given up, in a handler, under a spinlock or with preemption off. */
export function in_atomic(): Expr {
  return or(
    this_cpu(in_nmi),
    this_cpu(in_nested_irq),
    this_cpu(in_hardirq),
    this_cpu(in_softirq),
    not(eq(this_cpu(bh_count), 0)),
    not(eq(this_cpu(preempt_count), 0)),
  );
}

/** Returns whether the CPU may sleep here, or be preempted (`preemptible()`): not atomic, and IRQs are on. */
export function may_sleep(): Expr {
  return and(this_cpu(irqs_enabled), not(in_atomic()));
}

/** Returns whether the caller may block: it may sleep, and is in no RCU read-side section. */
export function may_block(): Expr {
  return and(may_sleep(), eq(at(rcu_read_lock_nesting, current()), 0));
}

/** `might_sleep()`: a violation where sleeping is not allowed. */
export function might_sleep(): Step {
  return step("might_sleep()", {
    then: [check(may_block(), "sleeping function called from invalid context", "misuse")],
  });
}

/** Returns an interprocessor interrupt: latches a vector on a CPU. */
export function send_ipi(vector: Variable, cpu: Operand): Statement {
  return fn("send_IPI", [
    step(`${vector.name} pending`, { then: [assign(at(vector, cpu), true)] }),
  ]);
}

function at_(of: Element | Variable): Element {
  return "op" in of ? of : at(of);
}
