import type { WaitContextReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy } from "./parts.js";
import type { Style } from "./style.js";

/** `print_lock_invalid_wait_context()`. */
export function waitContextText(report: WaitContextReport, style: Style): string[] {
  return [
    ...banner(style, "[ BUG: Invalid wait context ]", 29),
    `${style.task(report.task)} is trying to lock:`,
    style.lock(report.acquiring),
    "other info that might help us debug this:",
    `context-{${report.context}:${report.context}}`,
    ...heldBy(style, report),
    ...backtrace(style, report),
  ];
}
