import type { BfsErrorReport, DebugLocksWarnReport, WarnReport } from "../../lockdep/index.js";
import type { Style } from "./style.js";

const CUT = "------------[ cut here ]------------";

/** `DEBUG_LOCKS_WARN_ON()`. */
export function debugLocksWarnText(report: DebugLocksWarnReport, style: Style): string[] {
  return [
    ...(report.preamble === null ? [] : [report.preamble]),
    CUT,
    `DEBUG_LOCKS_WARN_ON(${report.condition})`,
    ...style.warnSite(report.task, report.in, report.stack),
  ];
}

/** A `WARN()` with a message. */
export function warnText(report: WarnReport, style: Style): string[] {
  return [CUT, report.message, ...style.warnSite(report.task, report.in, report.stack)];
}

/** `print_bfs_bug()`. */
export function bfsErrorText(report: BfsErrorReport, style: Style): string[] {
  return [
    CUT,
    "lockdep bfs error:-1",
    ...style.warnSite(report.task, "print_bfs_bug", report.stack),
  ];
}
