import { forwardRoot, pathToRoot, search } from "../search/bfs.js";
import { mayShortcut } from "../search/bounds.js";
import type { DependencyEntry } from "../state/class.js";
import type { Core } from "../state/core.js";
import { circularScenario } from "../state/scenario.js";
import { classView, heldView } from "../state/snapshot.js";
import type { HeldLock } from "../state/task.js";
import { reportSearchError } from "./search-error.js";
import { reportRecursion } from "./recursion.js";

function reportCircle(
  core: Core,
  target: DependencyEntry,
  acquiring: HeldLock,
  holding: HeldLock,
): void {
  const path = pathToRoot(target);
  const middle = path[1]?.to ?? acquiring.lockClass;
  core.report(
    {
      kind: "circular",
      acquiring: heldView(acquiring),
      holding: heldView(holding),
      chain: path.map((entry) => ({ class: classView(entry.to), stack: entry.trace })).reverse(),
      scenario: circularScenario(acquiring, holding, middle),
    },
    [holding.lockClass, acquiring.lockClass],
  );
}

/**
 * Looks for a strong path from `next` back to `prev`, which the dependency prev -> next would close
 * to a circle: `check_noncircular()`.
 *
 * @returns true where there was something to report
 */
export function checkCircular(core: Core, prev: HeldLock, next: HeldLock): boolean {
  const last = prev.lockClass.order;
  const bounded = core.ordered && mayShortcut(core);
  if (bounded && last < next.lockClass.order) return false;
  const root = forwardRoot(next.lockClass, next.read);
  const result = search(
    core,
    root,
    "locksAfter",
    (entry) => entry.to === prev.lockClass && (prev.read === 0 || !entry.onlyXr),
    bounded ? (entry) => entry.to.order > last : null,
  );
  switch (result.kind) {
    case "no-match":
      return false;
    case "queue-full":
      reportSearchError(core);
      return true;
    case "match":
      root.trace = core.traces.save(core.stack) ?? [];
      if (prev.lockClass === next.lockClass) reportRecursion(core, next, prev);
      else reportCircle(core, result.target, next, prev);
      return true;
  }
}
