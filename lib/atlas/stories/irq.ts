/** A hardirq that takes a lock which the code it interrupted may hold. */
import {
  CPU,
  type Scenario,
  bool,
  device,
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
} from "../../machine/index.js";
import type { StoryOptions } from "./story.js";

const lock = raw_spinlock("dev->lock");
const vector = variable("DEVICE_VECTOR", bool, { per: [CPU] });
const critical = [raw_spin_lock(lock), raw_spin_unlock(lock)];

/** Returns a driver whose handler takes the lock of its task; `fixed`, the task disables IRQs first. */
export function irqOnHeldLock({ fixed = false }: StoryOptions = {}): Scenario {
  const task = fixed ? [local_irq_disable(), ...critical, local_irq_enable()] : critical;
  return scenario(fixed ? "IRQs off around a lock" : "an IRQ on a held lock", {
    sizes: { cpu: 1 },
    processes: [
      thread("task", 0, [forever(task)]),
      hardirq("dev_interrupt", vector, () => critical),
      device("device", [forever([send_ipi(vector, 0)])]),
    ],
  });
}
