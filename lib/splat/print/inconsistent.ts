import type { InconsistentReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy, irqState, scenarioLines } from "./parts.js";
import type { Style } from "./style.js";

/** `print_usage_bug()`. */
export function inconsistentText(report: InconsistentReport, style: Style): string[] {
  const { before, now, lock } = report;
  return [
    ...banner(style, "WARNING: inconsistent lock state", 32),
    `inconsistent {${before.state}} -> {${now}} usage.`,
    `${style.task(report.task)} ${irqState(report.irq)} takes:`,
    style.lock(lock),
    `{${before.state}} state was registered at:`,
    ...style.frames(before.stack, 2),
    ...style.irqTrace(report.irqTrace),
    "",
    "other info that might help us debug this:",
    ...scenarioLines(report.scenario),
    ...heldBy(style, report),
    "",
    ...backtrace(style, report),
  ];
}
