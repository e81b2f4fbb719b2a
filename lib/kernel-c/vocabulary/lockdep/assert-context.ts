/** What code demands of the context that it runs in: include/linux/lockdep.h. One that is another is a verdict. */
import {
  type Expr,
  check,
  in_atomic,
  in_hardirq,
  in_softirq,
  irqs_enabled,
  and,
  not,
  or,
  step,
  this_cpu,
} from "../../../machine/index.js";
import { type CallRow, type Family, does } from "../row/index.js";

const demands = (holds: () => Expr, otherwise: string): CallRow =>
  does("", (call) => {
    const place = `${call.at.file}:${String(call.at.line)}`;
    return [step(call.text, { then: [check(holds(), `${call.text} at ${place}: ${otherwise}`)] })];
  });

const isPreemptible = (): Expr => and(this_cpu(irqs_enabled), not(in_atomic()));
const inHardirq = (): Expr => this_cpu(in_hardirq);

export const assertContextFamily: Family = {
  name: "assert-context",
  calls: {
    lockdep_assert_irqs_enabled: demands(() => this_cpu(irqs_enabled), "IRQs are off"),
    lockdep_assert_preemption_enabled: demands(isPreemptible, "preemption is off"),
    lockdep_assert_preemption_disabled: demands(() => not(isPreemptible()), "preemption is on"),
    lockdep_assert_in_irq: demands(inHardirq, "not in a hardirq"),
    lockdep_assert_no_hardirq: demands(() => not(inHardirq()), "in a hardirq"),
    lockdep_assert_in_softirq: demands(
      () => and(this_cpu(in_softirq), not(inHardirq())),
      "not in a softirq",
    ),
    cant_sleep: demands(() => or(in_atomic(), not(this_cpu(irqs_enabled))), "it could sleep"),
  },
};
