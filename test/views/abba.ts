/** A small scenario with an interrupt and a real deadlock, explored: input of the figures' tests. */
import { explore } from "../../lib/explore/index.js";
import {
  CPU,
  bool,
  fn,
  forever,
  hardirq,
  local_irq_disable,
  local_irq_enable,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  send_ipi,
  thread,
  variable,
  type Scenario,
} from "../../lib/machine/index.js";
import { traceOf, type Trace } from "../../lib/views/trace/trace.js";

/** Returns a scenario in which a task and a handler take two locks in opposite order. */
export function abbaScenario(first: string, second: string): Scenario {
  const a = raw_spinlock("a", { className: first });
  const b = raw_spinlock("b", { className: second });
  const vector = variable("vector", bool, { per: [CPU] });
  const task = [
    local_irq_disable(),
    fn("schedule", [raw_spin_lock(a), raw_spin_lock(b), raw_spin_unlock(b), raw_spin_unlock(a)]),
    local_irq_enable(),
  ];
  const handler = [raw_spin_lock(b), raw_spin_lock(a), raw_spin_unlock(a), raw_spin_unlock(b)];
  return scenario("a task and an interrupt", {
    sizes: { cpu: 2 },
    processes: [
      thread("T0", 0, task),
      thread("T1", 1, [send_ipi(vector, 0), forever(task)]),
      hardirq("handler", vector, () => handler),
    ],
  });
}

/** Returns the shortest schedule to its deadlock, replayed. */
export function deadlockTrace(
  first = "&rq->__lock",
  second = "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)",
): Trace {
  const abba = abbaScenario(first, second);
  const found = explore(abba).violations.deadlock;
  if (found === undefined) throw new Error("the sample has lost its deadlock");
  return traceOf(abba, found.schedule);
}

/** Returns a trace of more steps than carry their labels: the deadlock's, its first step many times. */
export function longTrace(): Trace {
  const trace = deadlockTrace();
  const padding = Array.from({ length: 16 }, () => trace.steps.slice(0, 1)).flat();
  return { ...trace, steps: [...padding, ...trace.steps] };
}
