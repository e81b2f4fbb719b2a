/** The code as it is before any fix: Linux 6.12 with `lockdep_assert_irqs_disabled()` in place. */
import {
  CPU,
  type LockRef,
  type Operand,
  at,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
} from "../../machine/index.js";
import type { Code } from "./code.js";

const lock = raw_spinlock("wakeup_vcpus_on_cpu_lock", {
  per: [CPU],
  className: "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)",
});

/** `per_cpu(wakeup_vcpus_on_cpu_lock, cpu)` */
export const wakeup_vcpus_on_cpu_lock = (cpu: Operand): LockRef => at(lock, cpu);

const plain = {
  lock: (cpu: Operand) => [raw_spin_lock(wakeup_vcpus_on_cpu_lock(cpu))],
  unlock: (cpu: Operand) => [raw_spin_unlock(wakeup_vcpus_on_cpu_lock(cpu))],
};

/** What every fix, mutant and change starts from. */
export const baseCode: Code = {
  scheduleIrqsOff: true,
  coreScheduling: false,
  preemptible: false,
  exits: false,
  wakeupLock: wakeup_vcpus_on_cpu_lock,
  handler: { ...plain, walk: "locked", beforeWake: () => [], afterWake: () => [] },
  schedOut: {
    ...plain,
    inside: () => [],
    savesIrqs: false,
    cpu: "own",
    order: "list, then NV",
    testsOn: true,
  },
  schedIn: {
    ...plain,
    before: () => [],
    inside: () => [],
    trylock: null,
    underRq: false,
    updatesCpu: true,
  },
  hostPaths: [],
  idlePaths: [],
  others: [],
  boot: [],
};
