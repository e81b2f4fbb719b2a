import type { Core } from "../core.js";
import { recursionScenario } from "../scenario.js";
import { heldView } from "../snapshot.js";
import type { HeldLock } from "../task.js";

/** What the locks held say about taking another one of a class. */
export type Recursion = "none" | "deadlock" | "nested";

/** Reports `acquiring` as taken under `holding` of the same class: `print_deadlock_bug()`. */
export function reportRecursion(core: Core, holding: HeldLock, acquiring: HeldLock): void {
  core.report(
    {
      kind: "recursive",
      acquiring: heldView(acquiring),
      holding: heldView(holding),
      scenario: recursionScenario(holding.lockClass, acquiring.lockClass),
    },
    [holding.lockClass, acquiring.lockClass],
  );
}

/**
 * Checks that the task does not hold a lock of the class already: `check_deadlock()`.
 *
 * Recursive readers may follow any reader. Where a lock of the class is held and the nest lock is
 * held too, from before it, the nest lock makes the order safe.
 */
export function checkRecursion(core: Core, next: HeldLock): Recursion {
  const { held, depth } = core.task;
  let nested = false;
  for (let i = 0; i < depth; i++) {
    const prev = held[i];
    if (prev === undefined) break;
    if (prev.instance === next.nestLock) nested = true;
    if (prev.lockClass !== next.lockClass) continue;
    if (next.read === 2 && prev.read !== 0) continue;
    if (nested) return "nested";
    reportRecursion(core, prev, next);
    return "deadlock";
  }
  return "none";
}
