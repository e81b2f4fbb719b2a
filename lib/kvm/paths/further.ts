/** Paths beside the three: who else wakes, moves or inspects the task of a vCPU. */
import {
  CPU,
  type Expr,
  NONE,
  type Process,
  type Statement,
  and,
  assign,
  at,
  atomic,
  choose,
  device,
  either,
  eq,
  every,
  expr,
  fn,
  forever,
  idOrNone,
  in_hardirq,
  irqs_enabled,
  local_irq_disable,
  local_irq_enable,
  ne,
  not,
  raw_spin_lock,
  raw_spin_unlock,
  some,
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

const target = variable("affinity task", idOrNone(VCPU), { per: [CPU] });
const seen = variable("affinity rq", idOrNone(CPU), { per: [CPU] });

/**
 * `__set_cpus_allowed_ptr()` > `task_rq_lock()`, by a thread on a CPU that is idle otherwise: it reads
 * the task's CPU under the task's pi_lock, and then waits for that CPU's run queue.
 */
export function setAffinity(cpu: Expr, { sched }: Kernel): readonly Statement[] {
  const task = at(target, cpu);
  const rq = sched.rq_lock(at(seen, cpu));
  return [
    fn("task_rq_lock", [
      choose(VCPU, (any) =>
        atomic("sched_setaffinity", [
          step("p", { then: [assign(task, any)], end: true }),
          local_irq_disable(),
        ]),
      ),
      raw_spin_lock(at(sched.pi_lock, task)),
      step("rq = task_rq(p)", { then: [assign(at(seen, cpu), at(sched.task_cpu, task))] }),
      raw_spin_lock(rq),
    ]),
    raw_spin_unlock(rq),
    raw_spin_unlock(at(sched.pi_lock, task)),
    atomic("task_rq_unlock", [
      step("forget", { then: [assign(task, NONE), assign(at(seen, cpu), NONE)] }),
      local_irq_enable(),
    ]),
  ];
}

const pulled = variable("pulled", idOrNone(VCPU), { per: [CPU] });
const busiest = variable("busiest", idOrNone(CPU), { per: [CPU] });

/**
 * `sched_balance_newidle()`: a CPU whose own queue is empty pulls a queued task that does not run from
 * another's, under the run queues' locks alone.
 */
export function loadBalance(cpu: Expr, { sched }: Kernel): readonly Statement[] {
  const task = at(pulled, cpu);
  const from = at(busiest, cpu);
  const waitsOn = (queue: Expr) => (any: Expr) =>
    and(sched.queued(any, queue), not(at(sched.on_cpu, any)));
  return [
    fn("sched_balance_newidle", [
      choose(CPU, (other) =>
        atomic("sched_balance_find_src_rq", [
          step("find", {
            when: and(
              ne(other, cpu),
              some(VCPU, waitsOn(other)),
              every(VCPU, (any) => not(sched.queued(any, cpu))),
            ),
            then: [assign(from, other)],
            end: true,
          }),
          local_irq_disable(),
        ]),
      ),
      raw_spin_lock(sched.rq_lock(from)),
      either(
        [
          choose(VCPU, (any) =>
            step("detach_task", {
              when: waitsOn(from)(any),
              then: [
                ...sched.dequeue(any, from),
                assign(at(sched.task_cpu, any), cpu),
                assign(task, any),
              ],
            }),
          ),
          raw_spin_unlock(sched.rq_lock(from)),
          raw_spin_lock(sched.rq_lock(cpu)),
          step("attach_task", { then: [...sched.enqueue(task, cpu), assign(task, NONE)] }),
          raw_spin_unlock(sched.rq_lock(cpu)),
        ],
        [
          step("nothing to detach", { when: every(VCPU, (any) => not(waitsOn(from)(any))) }),
          raw_spin_unlock(sched.rq_lock(from)),
        ],
      ),
      atomic("balanced", [step("forget", { then: [assign(from, NONE)] }), local_irq_enable()]),
    ]),
  ];
}
