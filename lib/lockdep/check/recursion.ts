import type { Core } from "../state/core.js";
import { recursionScenario } from "../state/scenario.js";
import { heldView } from "../state/snapshot.js";
import type { HeldLock } from "../state/task.js";

/** What the locks held say about taking another one of a class. */
export type Recursion = "none" | "deadlock" | "nested";

/** Returns whether the class has a comparison that lets `next` be taken under `prev`. */
export const isOrdered = (prev: HeldLock, next: HeldLock): boolean =>
  prev.lockClass.compare !== null && prev.lockClass.compare(prev.instance, next.instance) < 0;

/** Reports `acquiring` as taken under `holding` of the same class: `print_deadlock_bug()`. */
export function reportRecursion(core: Core, holding: HeldLock, acquiring: HeldLock): void {
  const { compare } = holding.lockClass;
  core.report(
    {
      kind: "recursive",
      acquiring: heldView(acquiring),
      holding: heldView(holding),
      ...(compare === null ? {} : { compared: compare(holding.instance, acquiring.instance) }),
      scenario: recursionScenario(holding, acquiring),
    },
    [holding.lockClass, acquiring.lockClass],
  );
}

/**
 * Checks that the task does not hold a lock of the class already: `check_deadlock()`.
 *
 * Recursive readers may follow any reader, and a lock one that the class's comparison puts first. Where a lock of the class is held and the nest lock is
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
    if (isOrdered(prev, next)) continue;
    if (nested) return "nested";
    reportRecursion(core, prev, next);
    return "deadlock";
  }
  return "none";
}
