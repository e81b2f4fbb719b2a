import type { WaitType } from "../../primitives/lock.js";
import { backwardRoot, forwardRoot, search, type Visit } from "../search/bfs.js";
import { mayShortcut } from "../search/bounds.js";
import type { DependencyEntry } from "../state/class.js";
import type { Core } from "../state/core.js";
import { waitTypeIn } from "../kernel/kernel.js";
import { backwardPath, forwardPath } from "../search/path.js";
import { irqScenario } from "../state/scenario.js";
import { classView, heldView, usageView } from "../state/snapshot.js";
import type { HeldLock } from "../state/task.js";
import {
  ENABLED_MASK,
  exclusiveMask,
  exclusiveMatch,
  IRQ_WRITE_MASK,
  irqClassOf,
  USED_IN_MASK,
} from "../state/usage.js";
import { reportSearchError } from "./search-error.js";

const LD_WAIT_CONFIG: WaitType = 3;

/** The usage bits that count at the end of a path: none by readers after recursive readers only. */
const usageAt = (entry: DependencyEntry): number =>
  entry.onlyXr ? entry.to.usageMask & IRQ_WRITE_MASK : entry.to.usageMask;

/** Accepts a class with one of the usage bits: `usage_match()`. */
export const matchUsage =
  (mask: number): Visit =>
  (entry) =>
    (usageAt(entry) & mask) !== 0;

/** Leaves out what is no real lock: `usage_skip()`. */
export const skipUnreal =
  (core: Core): Visit =>
  ({ to }) => {
    switch (to.lockType) {
      case "normal":
        return false;
      case "wait-override":
        return true;
      case "percpu": {
        if (to.waitInner >= waitTypeIn(core.kernel, LD_WAIT_CONFIG)) return true;
        core.debugLocksWarn("entry->class->wait_type_inner < LD_WAIT_CONFIG", "usage_skip");
        return false;
      }
    }
  };

interface Ends {
  readonly safe: DependencyEntry;
  readonly unsafe: DependencyEntry;
  /** The root of the search forwards: the lock being acquired. */
  readonly acquired: DependencyEntry;
}

function reportIrqOrder(core: Core, prev: HeldLock, next: HeldLock, ends: Ends): void {
  const { safe, unsafe, acquired } = ends;
  const pair = exclusiveMatch(safe.to.usageMask, unsafe.to.usageMask);
  if (pair === null) {
    core.debugLocksWarn("ret == -1", "check_irq_usage");
    return;
  }
  acquired.trace = core.traces.save(core.stack) ?? [];
  core.report(
    {
      kind: "irq-safe-unsafe",
      acquiring: heldView(next),
      holding: heldView(prev),
      irqClass: irqClassOf(pair.bit),
      safe: classView(safe.to),
      becameSafe: usageView(safe.to, pair.bit),
      unsafe: classView(unsafe.to),
      becameUnsafe: usageView(unsafe.to, pair.contradicts),
      safePath: backwardPath(safe),
      unsafePath: forwardPath(unsafe),
      scenario: irqScenario(safe.to, unsafe.to, prev.lockClass, next.lockClass),
    },
    [prev.lockClass, next.lockClass],
  );
}

/**
 * Checks that the dependency prev -> next does not lead from a lock that interrupts take to one
 * that is held with them enabled: `check_irq_usage()`.
 *
 * @returns true where there was something to report
 */
export function checkIrqOrder(core: Core, prev: HeldLock, next: HeldLock): boolean {
  if (mayShortcut(core)) {
    const before = prev.lockClass.usageBefore & USED_IN_MASK;
    if ((exclusiveMask(before) & next.lockClass.usageAfter) === 0) return false;
  }
  const backwards = backwardRoot(prev.lockClass, prev.read);
  let usedIn = 0;
  const gather: Visit = (entry) => {
    usedIn |= usageAt(entry);
    return false;
  };
  const gathered = search(core, backwards, "locksBefore", gather, skipUnreal(core));
  if (gathered.kind === "queue-full") {
    reportSearchError(core);
    return true;
  }
  usedIn &= USED_IN_MASK;
  if (usedIn === 0) return false;

  const forwards = forwardRoot(next.lockClass, next.read);
  const unsafe = search(
    core,
    forwards,
    "locksAfter",
    matchUsage(exclusiveMask(usedIn)),
    skipUnreal(core),
  );
  if (unsafe.kind === "no-match") return false;
  if (unsafe.kind === "queue-full") {
    reportSearchError(core);
    return true;
  }

  const contradicted = exclusiveMask(unsafe.target.to.usageMask & ENABLED_MASK);
  const safe = search(core, backwards, "locksBefore", matchUsage(contradicted), skipUnreal(core));
  switch (safe.kind) {
    case "queue-full":
      reportSearchError(core);
      return true;
    case "no-match":
      core.debugLocksWarn("ret == BFS_RNOMATCH", "check_irq_usage");
      return true;
    case "match":
      reportIrqOrder(core, prev, next, {
        safe: safe.target,
        unsafe: unsafe.target,
        acquired: forwards,
      });
      return true;
  }
}
