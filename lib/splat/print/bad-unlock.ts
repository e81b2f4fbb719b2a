import type { BadUnlockReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy } from "./parts.js";
import type { Style } from "./style.js";

/** `print_unlock_imbalance_bug()`. */
export function badUnlockText(report: BadUnlockReport, style: Style): string[] {
  return [
    ...banner(style, "WARNING: bad unlock balance detected!", 37),
    `${style.task(report.task)} is trying to release lock (${report.name}) at:`,
    ...style.frames(
      report.stack.slice(0, 1).map((at) => `[<${at}>] ${at}`),
      0,
    ),
    "but there are no more locks to release!",
    "",
    "other info that might help us debug this:",
    ...heldBy(style, report),
    "",
    ...backtrace(style, report),
  ];
}
