/**
 * Depth first: one way to its end before the next. The steps of a state are followed before those of the
 * states beside it, and each state is known by the way on which it was entered. What a reduction merges
 * depends on the state alone and not on that way, and every cycle has a stored state, so any order sees
 * the same.
 */
import type { CutShort } from "../result/result.js";
import { DfsStack } from "./dfs-stack.js";
import { batchSize } from "../codegen/layout/successor-record.js";
import type { StateSpace, Traversed } from "./strategy.js";

/** Goes through the states one way after another. */
export function depthFirst(space: StateSpace, maxDepth: number): Traversed {
  const { store, record, batch } = space;
  const stack = new DfsStack();
  stack.add(0, 0, -1, -1);
  let cutShort: CutShort | null = null;
  let entered = 0;
  let farthest = 0;
  while (stack.next()) {
    const { state, depth } = stack;
    // Perhaps there is a shorter way.
    if (depth > maxDepth) continue;
    stack.enter();
    entered++;
    store.parents[state] = stack.from;
    store.transitions[state] = stack.transition;
    farthest = Math.max(farthest, depth);
    const end = space.visit(state, 0);
    space.insert(end);
    // The first step is to be followed first.
    for (let at = end - record.stride; at >= 0; at -= record.stride) {
      const to = store.numbers[at / record.stride] ?? 0;
      stack.add(to, depth + 1, state, batch[at + record.transition] ?? -1);
    }
    if (entered % batchSize !== 0) continue;
    cutShort = space.check(farthest, stack.bytes);
    if (cutShort !== null || space.isToStartAgain()) break;
  }
  cutShort ??= space.check(farthest, stack.bytes);
  if (cutShort === null && entered < store.count) cutShort = "depth";
  return { cutShort, depth: farthest, levels: null, bytes: stack.bytes };
}
