/** Who looks at the task of a vCPU: a change of its affinity. */
import {
  CPU,
  type Expr,
  NONE,
  type Statement,
  assign,
  at,
  atomic,
  choose,
  fn,
  idOrNone,
  local_irq_disable,
  local_irq_enable,
  raw_spin_lock,
  raw_spin_unlock,
  step,
  variable,
} from "../../machine/index.js";
import type { Kernel } from "../code/code.js";
import { VCPU } from "../code/vcpu.js";

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
