/** Who else wakes the task of a vCPU: a timer. */
import {
  CPU,
  NONE,
  type Process,
  and,
  assign,
  at,
  choose,
  device,
  eq,
  expr,
  fn,
  forever,
  idOrNone,
  in_hardirq,
  irqs_enabled,
  ne,
  not,
  step,
  variable,
} from "../../machine/index.js";
import type { Kernel } from "../code/code.js";
import { VCPU } from "../code/vcpu.js";
import { kvm_vcpu_wake_up } from "./handler.js";

/** The CPU on which the timer's interrupt is pending or served, if any. */
const timer_cpu = variable("LOCAL_TIMER_VECTOR", idOrNone(CPU));
const kicked = variable("kicked", idOrNone(VCPU));

/**
 * A timer that wakes any vCPU from a hardirq on any CPU at any moment, one at a time, as
 * `apic_timer_fn()` > `kvm_vcpu_kick()` does.
 */
export function otherWakers(kernel: Kernel): readonly Process[] {
  const cpu = at(timer_cpu);
  const fires = device("timer", [
    forever([
      choose(CPU, (any) =>
        step("timer fires", { when: eq(cpu, NONE), then: [assign(timer_cpu, any)] }),
      ),
    ]),
  ]);
  const name = "sysvec_apic_timer_interrupt";
  const serves: Process = {
    name,
    kind: "hardirq",
    over: null,
    me: "",
    cpu,
    runs: expr(true),
    hasCpu: expr(false),
    body: [
      forever([
        choose(VCPU, (vcpu) =>
          step(`<${name}>`, {
            when: and(ne(cpu, NONE), at(irqs_enabled, cpu), not(at(in_hardirq, cpu))),
            then: [
              assign(at(irqs_enabled, cpu), false),
              assign(at(in_hardirq, cpu), true),
              assign(kicked, vcpu),
            ],
            facts: [
              { kind: "hardirqs", on: false },
              { kind: "enter", context: "hardirq" },
            ],
            end: true,
          }),
        ),
        fn(name, [kvm_vcpu_wake_up(at(kicked), kernel)]),
        step(`</${name}>`, {
          then: [
            assign(at(in_hardirq, cpu), false),
            assign(at(irqs_enabled, cpu), true),
            assign(kicked, NONE),
            assign(timer_cpu, NONE),
          ],
          facts: [
            { kind: "exit", context: "hardirq" },
            { kind: "hardirqs", on: true },
          ],
        }),
      ]),
    ],
  };
  return [serves, fires];
}
