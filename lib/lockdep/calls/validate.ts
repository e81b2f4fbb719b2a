/**
 * What a new chain of held locks teaches: the checks, then the dependencies.
 *
 * Follows `validate_chain()`, `check_prevs_add()`, `check_prev_add()` and `add_chain_cache()` in
 * kernel/locking/lockdep.c.
 */
import type { ChainNode } from "../state/chain.js";
import { checkCircular } from "../check/circular.js";
import { checkIrqOrder } from "../check/irq-order.js";
import { reportLimit } from "../check/limit.js";
import { checkRecursion, isOrdered } from "../check/recursion.js";
import { spreadEdge } from "../search/bounds.js";
import { DependencyEntry } from "../state/class.js";
import type { Core } from "../state/core.js";
import { backwardDep, forwardDep } from "../state/dependency.js";
import { orderEdge } from "../search/order.js";
import type { HeldLock } from "../state/task.js";

/** A chain takes at least two places, so that its block can be on a free list. */
const MIN_CHAIN_BLOCK = 2;

/** Returns how many locks a chain has. */
function lengthOf(chain: ChainNode): number {
  let length = 0;
  for (let node = chain.parent; node !== null; node = node.parent) length++;
  return length;
}

/** Remembers a chain; false where there is no room for it. */
function addChain(core: Core, chain: ChainNode, next: HeldLock): boolean {
  if (core.chainCount >= core.limits.chains) {
    reportLimit(core, "MAX_LOCKDEP_CHAINS");
    return false;
  }
  const length = Math.max(lengthOf(chain), MIN_CHAIN_BLOCK);
  if (core.chainHlocks + length > core.limits.chainHlocks) {
    reportLimit(core, "MAX_LOCKDEP_CHAIN_HLOCKS");
    return false;
  }
  core.chainCount++;
  core.chainHlocks += length;
  chain.cached = true;
  chain.irqContext = next.irqContext;
  return true;
}

/** Takes one of the table's entries; false where there is none left. */
function takeEntry(core: Core): boolean {
  if (core.entryCount >= core.limits.entries) {
    reportLimit(core, "MAX_LOCKDEP_ENTRIES");
    return false;
  }
  core.entryCount++;
  return true;
}

/** Widens a known dependency; false where there is none. */
function widen(prev: HeldLock, next: HeldLock, distance: number): boolean {
  const after = prev.lockClass.locksAfter.find(next.lockClass);
  if (after === null) return false;
  const before = next.lockClass.locksBefore.find(prev.lockClass);
  after.dep |= forwardDep(prev.read, next.read);
  if (before !== null) before.dep |= backwardDep(prev.read, next.read);
  if (distance === 1) {
    after.distance = 1;
    if (before !== null) before.distance = 1;
  }
  return true;
}

/** Checks and adds the dependency prev -> next; false stops the operation. */
function addDependency(core: Core, prev: HeldLock, next: HeldLock, distance: number): boolean {
  if (prev.lockClass === next.lockClass && isOrdered(prev, next)) return true;
  if (checkCircular(core, prev, next)) return core.debugLocks;
  if (checkIrqOrder(core, prev, next)) return core.debugLocks;
  if (widen(prev, next, distance)) return true;

  const trace = core.traces.save(core.stack);
  if (trace === null) {
    reportLimit(core, "MAX_STACK_TRACE_ENTRIES");
    return core.debugLocks;
  }
  const from = prev.lockClass;
  const to = next.lockClass;
  if (!takeEntry(core)) return core.debugLocks;
  if (core.ordered) core.ordered = orderEdge(from, to);
  from.locksAfter.append(
    new DependencyEntry(to, forwardDep(prev.read, next.read), distance, trace),
  );
  spreadEdge(from, to);
  if (!takeEntry(core)) return core.debugLocks;
  to.locksBefore.append(
    new DependencyEntry(from, backwardDep(prev.read, next.read), distance, trace),
  );
  return true;
}

/**
 * Adds the dependencies on the locks just before `next`: on every trylock up to and including the
 * first that is none, since that one has its own dependencies already.
 */
function addDependencies(core: Core, next: HeldLock): boolean {
  const { held, depth } = core.task;
  for (let i = depth - 1; i >= 0; i--) {
    const prev = held[i];
    if (prev?.irqContext !== next.irqContext) break;
    if (!prev.check) continue;
    if (!addDependency(core, prev, next, depth - i)) return false;
    if (!prev.trylock) break;
  }
  return true;
}

/**
 * Validates a lock that is being taken, unless its chain is known; false stops the operation.
 *
 * @param head whether `next` is the first lock of its context
 */
export function validateChain(
  core: Core,
  chain: ChainNode,
  next: HeldLock,
  head: boolean,
): boolean {
  if (chain.cached || next.trylock || !next.check) return true;
  if (!addChain(core, chain, next)) return core.debugLocks;
  switch (checkRecursion(core, next)) {
    case "nested":
      return true;
    case "deadlock":
      return core.debugLocks;
    case "none":
      return head || addDependencies(core, next);
  }
}
