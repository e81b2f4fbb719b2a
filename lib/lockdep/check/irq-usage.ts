import { backwardRoot, forwardRoot, pathToRoot, search } from "../search/bfs.js";
import { mayShortcut } from "../search/bounds.js";
import type { DependencyEntry } from "../state/class.js";
import type { Core } from "../state/core.js";
import { forwardPath } from "../search/path.js";
import { irqScenario, usageScenario } from "../state/scenario.js";
import { classView, heldView, irqTraceView, usageView } from "../state/snapshot.js";
import type { HeldLock } from "../state/task.js";
import { ENABLED_MASK, exclusiveBit, irqClassOf, READ, usageName } from "../state/usage.js";
import { matchUsage, skipUnreal } from "./irq-order.js";
import { reportSearchError } from "./search-error.js";

/** Reports two usages of one class that contradict each other: `print_usage_bug()`. */
export function reportInconsistent(core: Core, lock: HeldLock, before: number, now: number): void {
  core.report(
    {
      kind: "inconsistent",
      lock: heldView(lock),
      before: usageView(lock.lockClass, before),
      now: usageName(now),
      irqTrace: irqTraceView(core),
      scenario: usageScenario(lock),
    },
    [lock.lockClass],
  );
}

/** The last class before the root on the way back from `other`, or the root itself. */
function middleOf(other: DependencyEntry): DependencyEntry {
  const path = pathToRoot(other);
  return path[path.length - 2] ?? other;
}

function reportInversion(
  core: Core,
  lock: HeldLock,
  root: DependencyEntry,
  other: DependencyEntry,
  bit: number,
): void {
  const forwards = (ENABLED_MASK & (1 << bit)) !== 0;
  const write = (other.to.usageMask & (1 << bit)) !== 0;
  const middle = middleOf(other).to;
  root.trace = core.traces.save(core.stack) ?? [];
  core.report(
    {
      kind: "irq-inversion",
      lock: heldView(lock),
      forwards,
      irqClass: irqClassOf(write ? bit : bit | READ),
      other: classView(other.to),
      path: forwardPath(other),
      scenario: forwards
        ? irqScenario(root.to, other.to, middle, other.to)
        : irqScenario(other.to, root.to, middle, root.to),
    },
    [lock.lockClass, other.to],
  );
}

/**
 * Checks that no lock after (for a used-in bit) or before (for an enabled bit) the one that has
 * just gained `gained` contradicts it: `check_usage_forwards()`, `check_usage_backwards()`.
 */
function checkInversion(core: Core, lock: HeldLock, gained: number): boolean {
  const bit = exclusiveBit(gained);
  const mask = (1 << bit) | (1 << (bit | READ));
  const forwards = (ENABLED_MASK & (1 << bit)) !== 0;
  const { lockClass, read } = lock;
  if (mayShortcut(core)) {
    const bound = forwards ? lockClass.usageAfter : lockClass.usageBefore;
    if ((bound & mask) === 0) return false;
  }
  const root = forwards ? forwardRoot(lockClass, read) : backwardRoot(lockClass, read);
  const direction = forwards ? "locksAfter" : "locksBefore";
  const result = search(core, root, direction, matchUsage(mask), skipUnreal(core));
  switch (result.kind) {
    case "no-match":
      return false;
    case "queue-full":
      reportSearchError(core);
      return true;
    case "match":
      reportInversion(core, lock, root, result.target, bit);
      return true;
  }
}

/**
 * Checks an interrupt usage bit that the class of `lock` has just gained: `mark_lock_irq()`.
 *
 * @returns true where there was something to report
 */
export function checkIrqUsage(core: Core, lock: HeldLock, gained: number): boolean {
  const excluded = exclusiveBit(gained);
  const { usageMask } = lock.lockClass;
  if ((usageMask & (1 << excluded)) !== 0) {
    reportInconsistent(core, lock, excluded, gained);
    return true;
  }
  const byWriters = (gained & READ) === 0;
  if (byWriters && (usageMask & (1 << (excluded | READ))) !== 0) {
    reportInconsistent(core, lock, excluded | READ, gained);
    return true;
  }
  return checkInversion(core, lock, gained);
}
