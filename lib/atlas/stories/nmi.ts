/** An NMI, which nothing keeps off. */
import {
  type Scenario,
  CPU,
  bool,
  device,
  nmi,
  raw_spin_lock,
  raw_spin_lock_irqsave,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spin_unlock_irqrestore,
  raw_spinlock,
  scenario,
  send_ipi,
  thread,
  variable,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const lock = raw_spinlock("log->lock");
const flags = variable("flags", bool);
const vector = variable("nmi", bool, { per: [CPU] });

/** Returns an NMI that takes a lock which a task holds with IRQs off; `fixed`, it only tries. */
export function nmiOnHeldLock(options: StoryOptions = {}): Scenario {
  const drop = raw_spin_unlock(lock);
  const body = options.fixed ? [raw_spin_trylock(lock, [drop])] : [raw_spin_lock(lock), drop];
  return scenario(title("a lock that an NMI takes", options), {
    sizes: { cpu: 1 },
    processes: [
      thread("task", 0, [
        raw_spin_lock_irqsave(lock, flags),
        raw_spin_unlock_irqrestore(lock, flags),
      ]),
      nmi("watchdog_nmi", vector, () => body),
      device("perf", [send_ipi(vector, 0)]),
    ],
  });
}

/** The stories of NMIs. */
export const nmiStories: readonly Story[] = [
  bad("nmi", nmiOnHeldLock(), "deadlock", [28, 4], "inconsistent"),
  safe("nmi-fixed", nmiOnHeldLock({ fixed: true }), 29),
];
