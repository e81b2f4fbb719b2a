/**
 * Interrupts going on and off, and contexts being entered and left.
 *
 * Follows `lockdep_hardirqs_on_prepare()`, `lockdep_hardirqs_on()`, `lockdep_hardirqs_off()`,
 * `lockdep_softirqs_on()` and `lockdep_softirqs_off()` in kernel/locking/lockdep.c, the context
 * macros of include/linux/irqflags.h and `local_bh_disable()` in kernel/softirq.c.
 */
import type { Core } from "./core.js";
import { markHeldLocks } from "./mark.js";
import type { SwitchTrace } from "./task.js";
import { ENABLED_HARDIRQ, ENABLED_SOFTIRQ } from "./usage.js";

/** `SOFTIRQ_DISABLE_OFFSET`, in units of `softirq_count()`. */
const BH_DISABLE = 2;

function note(core: Core, trace: SwitchTrace): void {
  trace.event = ++core.task.irqEvents;
  trace.at = core.stack;
}

/** Hardirqs go on: every lock held is one that an interrupt can find held. */
export function hardirqsOn(core: Core): void {
  const { cpu, task } = core;
  if (!core.debugLocks || cpu.hardirqsEnabled) return;
  if (cpu.hardirqContext > 0) {
    const condition = "lockdep_hardirq_context()";
    if (!core.debugLocksWarn(condition, "lockdep_hardirqs_on_prepare")) return;
  }
  // lockdep_off() keeps locks from being recorded, not those that are held from being marked.
  if (!markHeldLocks(core, ENABLED_HARDIRQ)) return;
  if (task.softirqsEnabled && !markHeldLocks(core, ENABLED_SOFTIRQ)) return;
  cpu.hardirqsEnabled = true;
  note(core, task.hardirqEnable);
}

/** Hardirqs go off. */
export function hardirqsOff(core: Core): void {
  const { cpu, task } = core;
  if (!core.debugLocks || !cpu.hardirqsEnabled) return;
  cpu.hardirqsEnabled = false;
  note(core, task.hardirqDisable);
}

/** `local_bh_enable()`; what has no `local_bh_disable()` before it is left out. */
export function softirqsOn(core: Core): void {
  const { cpu, task } = core;
  if (task.softirqCount < BH_DISABLE) return;
  if (core.enabled && task.softirqCount === BH_DISABLE) {
    task.softirqsEnabled = true;
    note(core, task.softirqEnable);
    if (cpu.hardirqsEnabled) markHeldLocks(core, ENABLED_SOFTIRQ);
  }
  task.softirqCount -= BH_DISABLE;
}

/** `local_bh_disable()`. */
export function softirqsOff(core: Core): void {
  const { task } = core;
  // The count is the kernel's, whether lockdep is on or off.
  task.softirqCount += BH_DISABLE;
  if (!core.enabled || !task.softirqsEnabled) return;
  task.softirqsEnabled = false;
  note(core, task.softirqDisable);
}

/** `lockdep_hardirq_enter()`; the CPU has switched interrupts off by itself. */
export function hardirqEnter(core: Core, threaded: boolean): void {
  hardirqsOff(core);
  if (++core.cpu.hardirqContext === 1) core.task.hardirqThreaded = threaded;
}

/** `lockdep_hardirq_exit()`. */
export function hardirqExit(core: Core): void {
  if (core.cpu.hardirqContext > 0) core.cpu.hardirqContext--;
}

/** `lockdep_softirq_enter()`. */
export function softirqEnter(core: Core): void {
  core.task.softirqContext++;
}

/** `lockdep_softirq_exit()`. */
export function softirqExit(core: Core): void {
  if (core.task.softirqContext > 0) core.task.softirqContext--;
}
