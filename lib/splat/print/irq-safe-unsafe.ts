import type { IrqSafeUnsafeReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy, irqState, pathStep, scenarioLines } from "./parts.js";
import { heldLockName, lockName, type Style } from "./style.js";

/** `print_bad_irq_dependency()`. */
export function irqSafeUnsafeText(report: IrqSafeUnsafeReport, style: Style): string[] {
  const { acquiring, holding, irqClass } = report;
  return [
    ...banner(style, `WARNING: ${irqClass}-safe -> ${irqClass}-unsafe lock order detected`, 53),
    `${style.task(report.task)} ${irqState(report.irq)} is trying to acquire:`,
    style.lock(acquiring),
    "",
    "and this task is already holding:",
    style.lock(holding),
    "which would create a new lock dependency:",
    ` ${heldLockName(holding)} -> ${heldLockName(acquiring)}`,
    "",
    `but this new dependency connects a ${irqClass}-irq-safe lock:`,
    ` ${lockName(report.safe)}`,
    "",
    `... which became ${irqClass}-irq-safe at:`,
    ...style.frames(report.becameSafe.stack, 2),
    "",
    `to a ${irqClass}-irq-unsafe lock:`,
    ` ${lockName(report.unsafe)}`,
    "",
    `... which became ${irqClass}-irq-unsafe at:`,
    "...",
    ...style.frames(report.becameUnsafe.stack, 2),
    "",
    "other info that might help us debug this:",
    "",
    ...scenarioLines(report.scenario),
    ...heldBy(style, report),
    "",
    `the dependencies between ${irqClass}-irq-safe lock and the holding lock:`,
    ...report.safePath.flatMap((step) => pathStep(style, step)),
    "",
    "the dependencies between the lock to be acquired",
    ` and ${irqClass}-irq-unsafe lock:`,
    ...report.unsafePath.flatMap((step) => pathStep(style, step)),
    "",
    ...backtrace(style, report),
  ];
}
