/** IRQs, softirqs and preemption of this CPU: include/linux/irqflags.h, bottom_half.h, preempt.h. */
import {
  type Expr,
  bh_count,
  eq,
  in_atomic,
  in_hardirq,
  in_nmi,
  in_softirq,
  irqs_enabled,
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  might_sleep,
  not,
  or,
  preempt_count,
  preempt_disable,
  preempt_enable,
  this_cpu,
  bool,
} from "../../../machine/index.js";
import { type CallRow, type Family, does, gives } from "../row/index.js";

/** What is asked of the CPU that runs this is its own matter, but for interrupts: one step. */
const asks = (test: () => Expr): CallRow => gives("", (call) => call.reads(test(), bool));

export const irqFamily: Family = {
  name: "irq",
  calls: {
    local_irq_disable: does("", () => [local_irq_disable()]),
    local_irq_enable: does("", () => [local_irq_enable()]),
    local_irq_save: does("flags", (call) => [local_irq_save(call.flags(0))]),
    local_irq_restore: does("flags", (call) => [local_irq_restore(call.flags(0))]),
    raw_local_irq_disable: does("", () => [local_irq_disable()]),
    raw_local_irq_enable: does("", () => [local_irq_enable()]),
    local_bh_disable: does("", () => [local_bh_disable()]),
    local_bh_enable: does("", () => [local_bh_enable()]),
    preempt_disable: does("", () => [preempt_disable()]),
    preempt_enable: does("", () => [preempt_enable()]),
    preempt_disable_notrace: does("", () => [preempt_disable()]),
    preempt_enable_notrace: does("", () => [preempt_enable()]),
    preempt_enable_no_resched: does("", () => [preempt_enable()]),
    // Threads stay on their CPU as it is, and one that is on no CPU asks for none.
    migrate_disable: does("", () => []),
    migrate_enable: does("", () => []),
    might_sleep: does("", () => [might_sleep()]),
    put_cpu: does("", () => [preempt_enable()]),
    irqs_disabled: asks(() => not(this_cpu(irqs_enabled))),
    raw_local_irq_save: does("flags", (call) => [local_irq_save(call.flags(0))]),
    raw_local_irq_restore: does("flags", (call) => [local_irq_restore(call.flags(0))]),
    raw_irqs_disabled: asks(() => not(this_cpu(irqs_enabled))),
    in_nmi: asks(() => this_cpu(in_nmi)),
    // Of PREEMPT_RT alone: elsewhere who calls them has preemption off.
    preempt_disable_nested: does("", () => []),
    preempt_enable_nested: does("", () => []),
    in_hardirq: asks(() => this_cpu(in_hardirq)),
    in_irq: asks(() => this_cpu(in_hardirq)),
    in_serving_softirq: asks(() => this_cpu(in_softirq)),
    in_softirq: asks(() => or(this_cpu(in_softirq), not(eq(this_cpu(bh_count), 0)))),
    in_interrupt: asks(() =>
      or(this_cpu(in_hardirq), this_cpu(in_softirq), not(eq(this_cpu(bh_count), 0))),
    ),
    in_task: asks(() => not(or(this_cpu(in_hardirq), this_cpu(in_softirq)))),
    in_atomic: asks(() => in_atomic()),
    preemptible: asks(() =>
      not(or(not(this_cpu(irqs_enabled)), not(eq(this_cpu(preempt_count), 0)))),
    ),
  },
};
