/** Who moves the task of a vCPU: load balancing. */
import {
  CPU,
  type Expr,
  NONE,
  type Statement,
  and,
  assign,
  at,
  atomic,
  choose,
  either,
  every,
  fn,
  idOrNone,
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
