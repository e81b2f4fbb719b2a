/** Makes the parts of a report from the running state: what it says must not change afterwards. */
import type { LockClass } from "./class.js";
import type {
  ClassView,
  HeldLockView,
  IrqStateView,
  IrqTraceView,
  ReportBase,
  Stack,
  UsageView,
} from "../report/report.js";
import type { Cpu, HeldLock, Task } from "./task.js";
import { USAGE_STATES, usageChars, usageName } from "./usage.js";

/** What runs: the kernel's `current`, its CPU, and the functions that led here, innermost first. */
interface Running {
  readonly task: Task;
  readonly cpu: Cpu;
  readonly stack: Stack;
}

/** Returns a class as a report shows it. */
export function classView(lockClass: LockClass): ClassView {
  return {
    index: lockClass.index,
    name: lockClass.printed,
    key: lockClass.key.id,
    subclass: lockClass.subclass,
    usage: usageChars(lockClass.usageMask),
    waitOuter: lockClass.waitsFor,
    waitInner: lockClass.waitInner,
  };
}

/** Returns a held lock as a report shows it. */
export function heldView(hlock: HeldLock): HeldLockView {
  const { print } = hlock.lockClass;
  return {
    class: classView(hlock.lockClass),
    instance: hlock.instance.id,
    at: hlock.acquireIp,
    read: hlock.read,
    trylock: hlock.trylock,
    irqContext: hlock.irqContext,
    ...(print === null ? {} : { printed: print(hlock.instance) }),
    references: hlock.references,
  };
}

/** Returns one usage of a class and where it was first seen. */
export const usageView = (lockClass: LockClass, bit: number): UsageView => ({
  state: usageName(bit),
  stack: lockClass.usageTraces[bit] ?? [],
});

/** Returns every usage of a class, in the kernel's order. */
export function usagesView(lockClass: LockClass): UsageView[] {
  const usages: UsageView[] = [];
  for (let bit = 0; bit < USAGE_STATES; bit++) {
    if ((lockClass.usageMask & (1 << bit)) !== 0) usages.push(usageView(lockClass, bit));
  }
  return usages;
}

/** Returns when and where the running task last switched interrupts. */
export function irqTraceView({ task }: Pick<Running, "task">): IrqTraceView {
  return {
    stamp: task.irqEvents,
    hardirqsEnabled: { ...task.hardirqEnable },
    hardirqsDisabled: { ...task.hardirqDisable },
    softirqsEnabled: { ...task.softirqEnable },
    softirqsDisabled: { ...task.softirqDisable },
  };
}

/** Returns the state of interrupts where the running task is. */
const irqStateView = ({ task, cpu }: Pick<Running, "task" | "cpu">): IrqStateView => ({
  hardirqContext: cpu.hardirqContext,
  hardirqCount: cpu.hardirqContext,
  softirqContext: task.softirqContext,
  softirqCount: task.softirqCount,
  hardirqsEnabled: cpu.hardirqsEnabled,
  softirqsEnabled: task.softirqsEnabled,
});

/** Returns what every report has. */
export function baseOf({ task, cpu, stack }: Running): ReportBase {
  return {
    task: { id: task.id, comm: task.comm, pid: task.pid, cpu: cpu.id },
    stack: [...stack],
    held: task.locks().map(heldView),
    irq: irqStateView({ task, cpu }),
  };
}
