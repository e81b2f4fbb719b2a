/**
 * Interrupts going on and off, and contexts being entered and left.
 *
 * Follows `local_irq_disable()`, `local_irq_enable()` and the context macros of
 * include/linux/irqflags.h, `lockdep_hardirqs_on_prepare()`, `lockdep_hardirqs_on()`,
 * `lockdep_hardirqs_off()`, `lockdep_softirqs_on()` and `lockdep_softirqs_off()` in
 * kernel/locking/lockdep.c, `__local_bh_disable_ip()` and `__local_bh_enable_ip()` in
 * kernel/softirq.c, and `nmi_enter()` of include/linux/hardirq.h.
 */
import type { Core } from "../state/core.js";
import { markHeldLocks } from "./mark.js";
import type { SwitchTrace } from "../state/task.js";
import { ENABLED_HARDIRQ, ENABLED_SOFTIRQ } from "../state/usage.js";

/** `SOFTIRQ_DISABLE_OFFSET`, in units of `softirq_count()`. */
const BH_DISABLE = 2;

function note(core: Core, trace: SwitchTrace): void {
  trace.event = ++core.task.irqEvents;
  trace.at = core.stack;
}

/** Every lock held becomes one that an interrupt can find held. */
function traceHardirqsOn(core: Core): void {
  const { cpu, task } = core;
  if (!core.debugLocks || cpu.nmis > 0 || cpu.hardirqsEnabled) return;
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

function traceHardirqsOff(core: Core): void {
  const { cpu, task } = core;
  if (!core.debugLocks || cpu.nmis > 0 || !cpu.hardirqsEnabled) return;
  cpu.hardirqsEnabled = false;
  note(core, task.hardirqDisable);
}

/** `local_irq_enable()`. */
export function irqEnable(core: Core): void {
  traceHardirqsOn(core);
  core.cpu.irqsDisabled = false;
}

/** `local_irq_disable()`, which tells nobody where they are off already. */
export function irqDisable(core: Core): void {
  const { cpu } = core;
  const wasDisabled = cpu.irqsDisabled;
  cpu.irqsDisabled = true;
  if (!wasDisabled) traceHardirqsOff(core);
}

function traceSoftirqsOn(core: Core): void {
  const { cpu, task } = core;
  if (!core.enabled || task.softirqsEnabled) return;
  task.softirqsEnabled = true;
  note(core, task.softirqEnable);
  if (cpu.hardirqsEnabled) markHeldLocks(core, ENABLED_SOFTIRQ);
}

function traceSoftirqsOff(core: Core): void {
  const { task } = core;
  if (!core.enabled || !task.softirqsEnabled) return;
  task.softirqsEnabled = false;
  note(core, task.softirqDisable);
}

/** `local_bh_disable()`; the count is the kernel's, whether lockdep is on or off. */
export function bhDisable(core: Core): void {
  const { cpu, task } = core;
  if (cpu.hardirqContext > 0) core.warnOnOnce("in_hardirq()", "__local_bh_disable_ip");
  task.softirqCount += BH_DISABLE;
  if (task.softirqCount === BH_DISABLE) traceSoftirqsOff(core);
}

/**
 * `local_bh_enable()`, which leaves hardirqs on, however they were; what has no
 * `local_bh_disable()` before it is left out.
 */
export function bhEnable(core: Core): void {
  const { cpu, task } = core;
  if (task.softirqCount < BH_DISABLE) return;
  if (cpu.hardirqContext > 0) core.warnOnOnce("in_hardirq()", "__local_bh_enable_ip");
  if (core.debugLocks && !cpu.hardirqsEnabled) {
    core.warnOnOnce("!hardirqs_enabled", "__local_bh_enable_ip");
  }
  irqDisable(core);
  if (task.softirqCount === BH_DISABLE) traceSoftirqsOn(core);
  task.softirqCount -= BH_DISABLE;
  irqEnable(core);
}

/** `lockdep_hardirq_enter()`; the CPU has switched interrupts off by itself. */
export function hardirqEnter(core: Core, threaded: boolean): void {
  irqDisable(core);
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

/** `nmi_enter()`: comes with interrupts on or off, and tells nobody that it keeps them off. */
export function nmiEnter(core: Core): void {
  const { cpu, task } = core;
  task.recursion++;
  cpu.nmis++;
  if (++cpu.hardirqContext === 1) task.hardirqThreaded = false;
  cpu.interruptedByNmi.push(cpu.irqsDisabled);
  cpu.irqsDisabled = true;
}

/** `nmi_exit()`. */
export function nmiExit(core: Core): void {
  const { cpu, task } = core;
  const before = cpu.interruptedByNmi.pop();
  if (before === undefined) return;
  cpu.irqsDisabled = before;
  hardirqExit(core);
  cpu.nmis--;
  task.recursion--;
}
