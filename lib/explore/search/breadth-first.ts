/** Breadth first: the oldest state is visited first, so that each is reached by a shortest way. */
import type { CutShort } from "../result/result.js";
import { type StateSpace, type Traversed, batchSize } from "./strategy.js";

/** Goes through the states level by level. */
export function breadthFirst(space: StateSpace): Traversed {
  const { store, record } = space;
  const limit = batchSize * record.stride;
  const levels = [0];
  let cutShort: CutShort | null = null;
  let from = 0;
  while (from < store.count && cutShort === null && !space.isToStartAgain()) {
    const next = store.count;
    let end = 0;
    for (let id = from; id < next; id++) {
      end = space.visit(id, end);
      if (end < limit) continue;
      space.insert(end);
      end = 0;
      cutShort = space.check(levels.length - 1, 0);
      if (cutShort !== null || space.isToStartAgain()) break;
    }
    space.insert(end);
    from = next;
    if (store.count > next) levels.push(next);
    cutShort ??= space.check(levels.length - 1, 0);
  }
  return { cutShort, depth: levels.length - 1, levels, bytes: 0 };
}
