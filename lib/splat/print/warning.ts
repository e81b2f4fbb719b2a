import type {
  BfsErrorReport,
  DebugLocksWarnReport,
  OopsReport,
  WarnReport,
} from "../../lockdep/index.js";
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

/** Returns a `WARN()` with a message. */
export function warnText(report: WarnReport, style: Style): string[] {
  return [
    CUT,
    ...(report.bare ? style.condition(report.message) : [report.message]),
    ...style.warnSite(report.task, report.in, report.stack),
  ];
}

/** Returns what the architecture prints where the kernel follows a NULL pointer. */
export function oopsText(report: OopsReport, style: Style): string[] {
  return [
    "BUG: kernel NULL pointer dereference",
    `RIP: ${report.in}`,
    ...style.dumpStack(report.task, report.stack),
  ];
}

/** `print_bfs_bug()`. */
export function bfsErrorText(report: BfsErrorReport, style: Style): string[] {
  return [
    CUT,
    "lockdep bfs error:-1",
    ...style.warnSite(report.task, "print_bfs_bug", report.stack),
  ];
}
