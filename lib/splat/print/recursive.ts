import type { RecursiveReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy, scenarioLines } from "./parts.js";
import type { Style } from "./style.js";

/** `print_deadlock_bug()`. */
export function recursiveText(report: RecursiveReport, style: Style): string[] {
  return [
    ...banner(style, "WARNING: possible recursive locking detected", 44),
    `${style.task(report.task)} is trying to acquire lock:`,
    style.lock(report.acquiring),
    "",
    "but task is already holding lock:",
    style.lock(report.holding),
    ...(report.compared === undefined
      ? []
      : [`and the lock comparison function returns ${report.compared}:`]),
    "",
    "other info that might help us debug this:",
    ...scenarioLines(report.scenario),
    " May be due to missing lock nesting notation",
    "",
    ...heldBy(style, report),
    "",
    ...backtrace(style, report),
  ];
}
