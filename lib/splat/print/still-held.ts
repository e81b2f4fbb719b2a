import type { StillHeldReport, UserSpaceReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy } from "./parts.js";
import type { Style } from "./style.js";

/** `print_held_locks_bug()`. */
export function stillHeldText(report: StillHeldReport, style: Style): string[] {
  return [
    ...banner(style, `WARNING: ${style.task(report.task)} still has locks held!`, 36),
    ...heldBy(style, report),
    "",
    ...backtrace(style, report),
  ];
}

/** Returns what `lockdep_sys_exit()` prints: no stack, since there is none left in the kernel. */
export function userSpaceText(report: UserSpaceReport, style: Style): string[] {
  return [
    ...banner(style, "WARNING: lock held when returning to user space!", 48),
    `${style.task(report.task)} is leaving the kernel with locks still held!`,
    ...heldBy(style, report),
  ];
}
