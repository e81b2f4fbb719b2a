/**
 * Taking a lock: `__lock_acquire()` in kernel/locking/lockdep.c.
 */
import type { ReadMode } from "../../primitives/event.js";
import { chainId } from "../state/chain.js";
import { reportLimit } from "../check/limit.js";
import { reportNestLockNotHeld } from "../check/nest-lock.js";
import { checkWaitContext } from "../check/wait-context.js";
import type { LockClass } from "../state/class.js";
import type { Core } from "../state/core.js";
import { survivesAcquire } from "../state/dangling.js";
import { isHeld } from "../state/held.js";
import type { LockdepMap } from "../state/map.js";
import { markUsage } from "./mark.js";
import { registerClass } from "../state/registry.js";
import type { Stack } from "../report/report.js";
import { HeldLock, IRQ_CONTEXT_HARDIRQ, IRQ_CONTEXT_SOFTIRQ } from "../state/task.js";
import { validateChain } from "./validate.js";

/** How a lock is taken, apart from which one. */
export interface Acquisition {
  readonly subclass: number;
  readonly trylock: boolean;
  readonly read: ReadMode;
  readonly check: boolean;
  readonly hardirqsOff: boolean;
  readonly nestLock: LockdepMap | null;
  readonly ip: Stack;
  readonly references: number;
  readonly pinCount: number;
  /** `lock_sync()`: checked as if taken, but not held afterwards. */
  readonly sync: boolean;
}

/** 0: stopped, not held; 1: held; 2: counted into the lock before it, of the same class. */
export type Acquired = 0 | 1 | 2;

/** Takes a lock for the running task. */
export function acquire(core: Core, map: LockdepMap, how: Acquisition): Acquired {
  return acquireLock(
    core,
    map,
    how.subclass,
    how.trylock,
    how.read,
    how.check,
    how.hardirqsOff,
    how.nestLock,
    how.ip,
    how.references,
    how.pinCount,
    how.sync,
  );
}

/** `held_lock.references` has 11 bits. */
const REFERENCES = 1 << 11;

function merge(core: Core, top: HeldLock, references: number): Acquired {
  const more = references === 0 ? 1 : references;
  top.references = ((top.references === 0 ? 1 : top.references) + more) % REFERENCES;
  if (top.references < more) {
    core.debugLocksWarn("hlock->references < references", "__lock_acquire");
    return 0;
  }
  return core.debugLocks ? 2 : 0;
}

/** The class of a map that caches none, or null where the lock is not to be taken. */
function uncachedClass(core: Core, map: LockdepMap, subclass: number): LockClass | null {
  if (map.key?.tracked === false) return null;
  if (subclass >= core.limits.subclasses && core.kernel.checksSubclass) {
    core.debugLocksWarn("subclass >= MAX_LOCKDEP_SUBCLASSES", "__lock_acquire");
    return null;
  }
  return registerClass(core, map, subclass, false);
}

/** As `acquire()`, with nothing to allocate on the way that every cached chain goes. */
export function acquireLock(
  core: Core,
  map: LockdepMap,
  subclass: number,
  trylock: boolean,
  read: ReadMode,
  check: boolean,
  hardirqsOff: boolean,
  nestLock: LockdepMap | null,
  ip: Stack,
  references: number,
  pinCount: number,
  sync: boolean,
): Acquired {
  const { task } = core;
  const { held, depth } = task;
  const lockClass =
    (subclass === 0 ? map.cache0 : subclass === 1 ? map.cache1 : null) ??
    uncachedClass(core, map, subclass);
  if (lockClass === null) return 0;
  lockClass.ops++;
  if (depth >= core.limits.depth) {
    core.debugLocksWarn("depth >= MAX_LOCK_DEPTH", "__lock_acquire");
    return 0;
  }
  const top = depth > 0 ? held[depth - 1] : undefined;
  if (nestLock !== null && !sync && top?.lockClass === lockClass) {
    return merge(core, top, references);
  }

  const irqContext =
    (core.cpu.hardirqContext > 0 ? IRQ_CONTEXT_HARDIRQ : 0) |
    (task.softirqContext > 0 ? IRQ_CONTEXT_SOFTIRQ : 0);
  if (core.dangling && !survivesAcquire(core, lockClass, trylock, irqContext)) return 0;

  let lock = held[depth];
  if (lock === undefined) {
    lock = new HeldLock(lockClass, map, ip, task.chain);
    held.push(lock);
  }
  lock.lockClass = lockClass;
  lock.instance = map;
  lock.acquireIp = ip;
  lock.nestLock = nestLock;
  lock.irqContext = irqContext;
  lock.trylock = trylock;
  lock.read = read;
  lock.check = check && map.key?.validated === true;
  lock.sync = sync;
  lock.hardirqsOff = hardirqsOff;
  lock.references = references;
  lock.pinCount = pinCount;
  lock.prevChain = task.chain;

  const head = top?.irqContext !== irqContext;
  if (checkWaitContext(core, lock, head ? null : top) && !core.debugLocks) return 0;
  if (!markUsage(core, lock)) return 0;

  const chain = (head ? core.chains : task.chain).step(chainId(lockClass.index, read));
  if (nestLock !== null && !isHeld(core, nestLock)) {
    reportNestLockNotHeld(core, lock, nestLock);
    if (!core.debugLocks) return 0;
  }
  if (!validateChain(core, chain, lock, head)) return 0;
  if (sync) return 1;

  task.chain = chain;
  task.depth = depth + 1;
  if (task.depth >= core.limits.depth) {
    reportLimit(core, "MAX_LOCK_DEPTH");
    if (!core.debugLocks) return 0;
  }
  if (task.depth > core.counters.maxDepth) core.counters.maxDepth = task.depth;
  return 1;
}
