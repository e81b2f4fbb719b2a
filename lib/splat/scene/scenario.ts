/** A scene as a scenario of the machine, to be explored. */
import type { Process, Scenario, Statement, Variable } from "../../machine/index.js";
import {
  CPU,
  bool,
  device,
  fn,
  hardirq,
  local_irq_disable,
  local_irq_enable,
  mutex,
  mutex_lock,
  mutex_unlock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  send_ipi,
  softirq,
  thread,
  variable,
} from "../../machine/index.js";
import type { Scene, SceneStep } from "./scene.js";

/** The scenario of a scene. */
export function scenarioOfScene(scene: Scene): Scenario {
  const locks = new Map(
    scene.locks.map(({ variable: name, className, kind }) => [
      name,
      kind === "mutex" ? mutex(name, { className }) : raw_spinlock(name, { className }),
    ]),
  );
  const statements = (steps: readonly SceneStep[]): readonly Statement[] =>
    steps.flatMap((step) => statementOf(step, locks));
  const vectors = scene.handlers.map(({ name }) =>
    variable(`${name}_vector`, bool, { per: [CPU] }),
  );
  const handlers = scene.handlers.flatMap(({ name, context, steps }, at): readonly Process[] => {
    const vector = vectors[at];
    if (vector === undefined) return [];
    const make = context === "hardirq" ? hardirq : softirq;
    return [
      make(name, vector, () => statements(steps)),
      device(`${name}_source`, [send_ipi(vector, 0)]),
    ];
  });
  const threads = scene.threads.map(({ name, cpu, steps }) =>
    thread(name, cpu, [fn(name, statements(steps))]),
  );
  return scenario(scene.name, {
    sizes: { cpu: scene.cpus },
    processes: [...threads, ...handlers],
  });
}

function statementOf(step: SceneStep, locks: ReadonlyMap<string, Variable>): readonly Statement[] {
  if (step.op === "irq-off") return [local_irq_disable()];
  if (step.op === "irq-on") return [local_irq_enable()];
  const lock = locks.get(step.lock.variable);
  if (lock === undefined) return [];
  const sleeps = step.lock.kind === "mutex";
  if (step.op === "unlock") return [sleeps ? mutex_unlock(lock) : raw_spin_unlock(lock)];
  return [sleeps ? mutex_lock(lock) : raw_spin_lock(lock)];
}
