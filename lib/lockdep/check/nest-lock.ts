import type { Core } from "../core.js";
import type { LockdepMap } from "../map.js";
import { heldView } from "../snapshot.js";
import type { HeldLock } from "../task.js";

/** Reports a nest lock that is not held: `print_lock_nested_lock_not_held()`. */
export function reportNestLockNotHeld(core: Core, lock: HeldLock, nestLock: LockdepMap): void {
  core.report({ kind: "nested-not-taken", acquiring: heldView(lock), nestLock: nestLock.name }, [
    lock.lockClass,
  ]);
}
