/**
 * The scenarios that a report tells.
 *
 * Follows `print_circular_lock_scenario()`, `print_irq_lock_scenario()`,
 * `print_deadlock_scenario()` and `print_usage_bug_scenario()` in kernel/locking/lockdep.c.
 */
import type { LockClass } from "./class.js";
import type { Scenario } from "../report/report.js";
import type { HeldLock } from "./task.js";

/** Returns the name of a lock with what the class prints of the instance. */
const nameOf = ({ lockClass, instance }: HeldLock): string =>
  lockClass.printed + (lockClass.print?.(instance) ?? "");

/** Two CPUs, one lock taken over the other: `middle` is the last class before `target`. */
export function circularScenario(src: HeldLock, target: HeldLock, middle: LockClass): Scenario {
  const source = nameOf(src);
  const held = nameOf(target);
  const between = middle.printed;
  return {
    interrupt: false,
    cpus: 2,
    chain: middle === src.lockClass ? null : [source, between, held],
    rows: [
      { cpu: 0, op: target.read !== 0 ? "rlock" : "lock", lock: held },
      { cpu: 1, op: "lock", lock: between },
      { cpu: 1, op: "lock", lock: held },
      { cpu: 0, op: src.read !== 0 ? "rlock" : src.sync ? "sync" : "lock", lock: source },
    ],
  };
}

/** An interrupt takes a safe lock while its CPU holds an unsafe one that another waits for. */
export function irqScenario(
  safe: LockClass,
  unsafe: LockClass,
  prev: LockClass,
  next: LockClass,
): Scenario {
  const middle = prev === safe ? next : prev;
  return {
    interrupt: true,
    cpus: 2,
    chain: middle === unsafe ? null : [safe.printed, middle.printed, unsafe.printed],
    rows: [
      { cpu: 0, op: "lock", lock: unsafe.printed },
      { cpu: 1, op: "local_irq_disable" },
      { cpu: 1, op: "lock", lock: safe.printed },
      { cpu: 1, op: "lock", lock: middle.printed },
      { cpu: 0, op: "<Interrupt>" },
      { cpu: 0, op: "lock", lock: safe.printed },
    ],
  };
}

/** The task takes the second while it holds the first. */
export const recursionScenario = (prev: HeldLock, next: HeldLock): Scenario => ({
  interrupt: false,
  cpus: 1,
  chain: null,
  rows: [
    { cpu: 0, op: "lock", lock: nameOf(prev) },
    { cpu: 0, op: "lock", lock: nameOf(next) },
  ],
});

/** An interrupt takes what it interrupted. */
export const usageScenario = (lock: HeldLock): Scenario => ({
  interrupt: false,
  cpus: 1,
  chain: null,
  rows: [
    { cpu: 0, op: "lock", lock: nameOf(lock) },
    { cpu: 0, op: "<Interrupt>" },
    { cpu: 0, op: "lock", lock: nameOf(lock) },
  ],
});
