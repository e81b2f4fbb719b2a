import type { CircularReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy, scenarioLines } from "./parts.js";
import { lockName, type Style } from "./style.js";

/** `print_circular_bug()`. */
export function circularText(report: CircularReport, style: Style): string[] {
  const { acquiring, holding, chain, scenario } = report;
  const steps = chain.map((step, i) => [
    "",
    `-> #${i} ${lockName(step.class)}:`,
    ...style.frames(step.stack, 7),
  ]);
  return [
    ...banner(style, "WARNING: possible circular locking dependency detected", 54),
    `${style.task(report.task)} is trying to acquire lock:`,
    style.lock(acquiring),
    "",
    "but task is already holding lock:",
    style.lock(holding),
    "",
    "which lock already depends on the new lock.",
    "",
    "",
    "the existing dependency chain (in reverse order) is:",
    ...steps.reverse().flat(),
    "",
    "other info that might help us debug this:",
    "",
    ...scenarioLines(scenario),
    ...heldBy(style, report),
    "",
    ...backtrace(style, report),
  ];
}
