import type { Core } from "../state/core.js";
import type { LockdepMap } from "../state/map.js";
import { heldView } from "../state/snapshot.js";

/** Checks that no lock held goes away with its memory: `debug_check_no_locks_freed()`. */
export function checkNotHeldWhenFreed(core: Core, maps: readonly LockdepMap[]): void {
  const lock = core.task.locks().find((held) => maps.includes(held.instance));
  if (lock !== undefined) core.report({ kind: "held-freed", lock: heldView(lock) });
}

/** Checks that a task ends without locks: `debug_check_no_locks_held()`. */
export function checkNothingHeldAtExit(core: Core): void {
  if (core.task.depth > 0) core.report({ kind: "still-held" });
}

/** Checks that user space is reached without locks: `lockdep_sys_exit()`. */
export function checkNothingHeldInUserSpace(core: Core): void {
  if (core.task.depth > 0) core.report({ kind: "user-space" });
}
