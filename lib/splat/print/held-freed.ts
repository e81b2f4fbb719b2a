import type { HeldFreedReport } from "../../lockdep/index.js";
import { backtrace, banner, heldBy } from "./parts.js";
import type { Style } from "./style.js";

/** `print_freed_lock_bug()`. */
export function heldFreedText(report: HeldFreedReport, style: Style): string[] {
  const memory = style.address(report.lock.instance);
  return [
    ...banner(style, "WARNING: held lock freed!", 25),
    `${style.task(report.task)} is freeing memory ${memory}-${memory}, with a lock still held there!`,
    style.lock(report.lock),
    ...heldBy(style, report),
    "",
    ...backtrace(style, report),
  ];
}
