import type { Core } from "../state/core.js";
import type { LockdepMap } from "../state/map.js";
import { heldView } from "../state/snapshot.js";
import type { HeldLock } from "../state/task.js";

/** Reports a nest lock that is not held: `print_lock_nested_lock_not_held()`. */
export function reportNestLockNotHeld(core: Core, lock: HeldLock, nestLock: LockdepMap): void {
  core.report({ kind: "nested-not-taken", acquiring: heldView(lock), nestLock: nestLock.name }, [
    lock.lockClass,
  ]);
}
