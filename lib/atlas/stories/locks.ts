/** The other locks: of which lockdep knows nothing, or more than one expects. */
import {
  type Scenario,
  type Statement,
  bit_spin_lock,
  bit_spin_unlock,
  bit_spinlock,
  bool,
  cpus_read_lock,
  cpus_read_unlock,
  cpus_write_lock,
  cpus_write_unlock,
  device,
  irq_line,
  local_lock,
  local_lock_irqsave,
  local_lock_t,
  local_unlock,
  local_unlock_irqrestore,
  mutex,
  mutex_lock,
  mutex_unlock,
  raise_irq,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  lockdep_off,
  lockdep_on,
  request_irq,
  rt_mutex,
  rt_mutex_lock,
  rt_mutex_unlock,
  scenario,
  thread,
  variable,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

/** Returns two threads that take two locks, one of them the other way round unless `fixed`. */
function orders(
  name: string,
  ab: readonly Statement[],
  ba: readonly Statement[],
  options: StoryOptions,
): Scenario {
  return scenario(title(name, options), {
    sizes: {},
    processes: [thread("T0", ab), thread("T1", options.fixed ? ab : ba)],
  });
}

const [rt_a, rt_b] = [rt_mutex("rt_a"), rt_mutex("rt_b")] as const;

/** Returns two rt_mutexes in both orders. */
export const rtMutexes = (options: StoryOptions = {}): Scenario =>
  orders(
    "two rt_mutexes",
    [rt_mutex_lock(rt_a), rt_mutex_lock(rt_b), rt_mutex_unlock(rt_b), rt_mutex_unlock(rt_a)],
    [rt_mutex_lock(rt_b), rt_mutex_lock(rt_a), rt_mutex_unlock(rt_a), rt_mutex_unlock(rt_b)],
    options,
  );

const [bit_a, bit_b] = [bit_spinlock("bit_a"), bit_spinlock("bit_b")] as const;

/** Returns two bit spinlocks in both orders, of which lockdep hears nothing. */
export const bitSpinlocks = (options: StoryOptions = {}): Scenario =>
  orders(
    "two bit spinlocks",
    [bit_spin_lock(bit_a), bit_spin_lock(bit_b), bit_spin_unlock(bit_b), bit_spin_unlock(bit_a)],
    [bit_spin_lock(bit_b), bit_spin_lock(bit_a), bit_spin_unlock(bit_a), bit_spin_unlock(bit_b)],
    options,
  );

const [raw_a, raw_b] = [raw_spinlock("raw_a"), raw_spinlock("raw_b")] as const;

/** Returns AB/BA where one of the threads has switched lockdep off. */
export const lockdepOff = (options: StoryOptions = {}): Scenario =>
  orders(
    "an order that lockdep is not shown",
    [raw_spin_lock(raw_a), raw_spin_lock(raw_b), raw_spin_unlock(raw_b), raw_spin_unlock(raw_a)],
    [
      lockdep_off(),
      raw_spin_lock(raw_b),
      raw_spin_lock(raw_a),
      raw_spin_unlock(raw_a),
      raw_spin_unlock(raw_b),
      lockdep_on(),
    ],
    options,
  );

const dev = mutex("dev->mutex");

/** Returns a driver that takes its mutex and keeps CPUs from going, while a CPU that goes takes the mutex. */
export const cpuHotplug = (options: StoryOptions = {}): Scenario => {
  const inside = [mutex_lock(dev), cpus_read_lock(), cpus_read_unlock(), mutex_unlock(dev)];
  const outside = [cpus_read_lock(), mutex_lock(dev), mutex_unlock(dev), cpus_read_unlock()];
  return scenario(title("a mutex and the CPU hotplug lock", options), {
    sizes: {},
    processes: [
      thread("driver", options.fixed ? outside : inside),
      thread("hotplug", [
        cpus_write_lock(),
        mutex_lock(dev),
        mutex_unlock(dev),
        cpus_write_unlock(),
      ]),
    ],
  });
};

const pages = local_lock_t("pagesets.lock");
const flags = variable("flags", bool);
const line = irq_line("nic", { cpu: 0 });

/** Returns a handler that takes the local lock which the task that it interrupts has; `fixed`, with IRQs off. */
export const localLock = (options: StoryOptions = {}): Scenario => {
  const open = [local_lock(pages), local_unlock(pages)];
  const quiet = [local_lock_irqsave(pages, flags), local_unlock_irqrestore(pages, flags)];
  return scenario(title("a local lock in a handler", options), {
    sizes: { cpu: 1 },
    processes: [
      thread("task", 0, options.fixed ? quiet : open),
      request_irq(line, "nic_interrupt", open),
      device("nic", [raise_irq(line)]),
    ],
  });
};

const fixed = { fixed: true };

/** The stories of the other locks. */
export const lockStories: readonly Story[] = [
  bad("rt-mutex", rtMutexes(), "deadlock", [19, 2], "circular"),
  safe("rt-mutex-fixed", rtMutexes(fixed), 16),
  bad("bit-spinlock", bitSpinlocks(), "deadlock", [19, 2]),
  safe("bit-spinlock-fixed", bitSpinlocks(fixed), 16),
  bad("lockdep-off", lockdepOff(), "deadlock", [19, 2]),
  safe("lockdep-off-fixed", lockdepOff(fixed), 16),
  bad("cpu-hotplug", cpuHotplug(), "deadlock", [22, 2], "circular"),
  safe("cpu-hotplug-fixed", cpuHotplug(fixed), 20),
  bad("local-lock", localLock(), "misuse", [19, 4], "inconsistent"),
  safe("local-lock-fixed", localLock(fixed), 21),
];
