import type {
  InvalidSubclassReport,
  LimitReport,
  NonStaticKeyReport,
} from "../../lockdep/index.js";
import { heldBy } from "./parts.js";
import type { Style } from "./style.js";

const OFF = "turning off the locking correctness validator.";

/** `print_lockdep_off()`; for the depth of the stack of held locks also what fills it. */
export function limitText(report: LimitReport, style: Style): string[] {
  const { limit, max } = report;
  const depth =
    limit === "MAX_LOCK_DEPTH"
      ? [
          `depth: ${report.held.length}  max: ${max}!`,
          ...heldBy(style, report),
          // debug_show_all_locks()
          "INFO: lockdep is turned off.",
        ]
      : [];
  return [`BUG: ${limit} too low!`, OFF, ...depth, ...style.dumpStack(report.task, report.stack)];
}

/** Returns what `look_up_lock_class()` prints. */
export function invalidSubclassText(report: InvalidSubclassReport, style: Style): string[] {
  return [
    `BUG: looking up invalid subclass: ${report.subclass}`,
    OFF,
    ...style.dumpStack(report.task, report.stack),
  ];
}

/** Returns what `assign_lock_key()` prints. */
export function nonStaticKeyText(report: NonStaticKeyReport, style: Style): string[] {
  return [
    "INFO: trying to register non-static key.",
    "The code is fine but needs lockdep annotation, or maybe",
    "you didn't initialize this object before use?",
    OFF,
    ...style.dumpStack(report.task, report.stack),
  ];
}
