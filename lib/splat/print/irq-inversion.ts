import type { IrqInversionReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy, pathStep, scenarioLines } from "./parts.js";
import { lockName, type Style } from "./style.js";

/** `print_irq_inversion_bug()`. */
export function irqInversionText(report: IrqInversionReport, style: Style): string[] {
  const { forwards, irqClass, lock, other } = report;
  const relation = forwards
    ? `but this lock took another, ${irqClass}-unsafe lock in the past:`
    : `but this lock was taken by another, ${irqClass}-safe lock in the past:`;
  return [
    ...banner(style, "WARNING: possible irq lock inversion dependency detected", 56),
    `${style.task(report.task)} just changed the state of lock:`,
    style.lock(lock),
    relation,
    ` ${lockName(other)}`,
    "",
    "",
    "and interrupts could create inverse lock ordering between them.",
    "",
    "",
    "other info that might help us debug this:",
    ...scenarioLines(report.scenario),
    ...heldBy(style, report),
    "",
    "the shortest dependencies between 2nd lock and 1st lock:",
    ...report.path.flatMap((step) => pathStep(style, step)),
    "",
    ...backtrace(style, report),
  ];
}
