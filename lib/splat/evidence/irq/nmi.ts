/** Whether a report is of a lock that is taken in an NMI, which nothing keeps away. */
import type { SplatReport } from "../../report/index.js";

/** `verify_lock_unused()` in kernel/locking/lockdep.c: `{INITIAL USE} -> {IN-NMI}`. */
export const isOfNmi = (report: SplatReport): boolean =>
  report.kind === "inconsistent" && /\bNMI\b/.test(report.usageTo ?? "");
