import type { NestedNotTakenReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy } from "./parts.js";
import type { Style } from "./style.js";

/** `print_lock_nested_lock_not_held()`, which dumps the stack twice. */
export function nestedNotTakenText(report: NestedNotTakenReport, style: Style): string[] {
  return [
    ...banner(style, "WARNING: Nested lock was not taken", 34),
    `${style.task(report.task)} is trying to lock:`,
    style.lock(report.acquiring),
    "",
    "but this task is not holding:",
    report.nestLock,
    "",
    ...backtrace(style, report),
    "",
    "other info that might help us debug this:",
    ...heldBy(style, report),
    "",
    ...backtrace(style, report),
  ];
}
