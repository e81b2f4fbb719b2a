/** A circle of waits that a log shows as a scene: every task takes what it holds, then what it waits for. */
import { addressOf } from "../evidence/lock/address.js";
import { readsOn } from "../evidence/usage/reading.js";
import { innerWait } from "../evidence/lock/narrowest.js";
import { primitiveOn } from "../evidence/lock/taking.js";
import type { HeldMention, StackFrame } from "../report/index.js";
import type { ListedTask } from "../waits/read.js";
import { circleIn, taskName, withoutSleep, type TaskWait } from "../waits/wait-for.js";
import { identifier } from "./identifier.js";
import type { Scene, SceneLock, SceneLockKind, SceneStep, SceneThread } from "./scene.js";

/**
 * Returns the scene of the circle in which tasks wait for each other, a lock for each address, or
 * null where there is none or its locks are not named.
 *
 * @param waits as `waitsOf()` gives them
 */
export function sceneOfWaits(waits: readonly TaskWait[]): Scene | null {
  const circle = circleIn(waits);
  const locks = new Map<string, SceneLock>();
  const names = new Set<string>();
  for (const { lock, waiter } of circle) {
    const address = addressOf(lock);
    if (lock === null || address === null) return null;
    const { name } = lock;
    const kind = kindOf(lock, withoutSleep(waiter.frames));
    locks.set(address, { variable: unique(name, names), className: name, kind });
  }
  if (circle.length === 0) return null;
  return {
    name: "a circle of waits",
    kernel: null,
    cpus: circle.length,
    lockFor: "address",
    nested: null,
    writers: [],
    locks: [...locks.values()],
    waits: [],
    threads: circle.map((wait, cpu) => threadOf(wait, circle, cpu, locks, names)),
    handlers: [],
  };
}

function threadOf(
  wait: TaskWait,
  circle: readonly TaskWait[],
  cpu: number,
  locks: ReadonlyMap<string, SceneLock>,
  names: Set<string>,
): SceneThread {
  const { waiter, lock } = wait;
  const wanted = lockAt(lock, locks);
  const held = circle.find(({ holder }) => holder === waiter)?.held ?? null;
  const outer = lockAt(held, locks);
  const read = isRead(waiter) && wanted !== null && hasReaders(wanted.kind);
  const on = (each: SceneLock | null, reads: boolean): readonly SceneStep[] =>
    each === null ? [] : [{ op: "lock", lock: each, read: reads }];
  const off = (each: SceneLock | null, reads: boolean): readonly SceneStep[] =>
    each === null ? [] : [{ op: "unlock", lock: each, read: reads }];
  return {
    name: unique(taskName(waiter), names),
    cpu,
    steps: [...on(outer, false), ...on(wanted, read), ...off(wanted, read), ...off(outer, false)],
  };
}

const lockAt = (
  lock: HeldMention | null,
  locks: ReadonlyMap<string, SceneLock>,
): SceneLock | null => locks.get(addressOf(lock) ?? "") ?? null;

const isRead = ({ frames }: ListedTask): boolean => readsOn(withoutSleep(frames));

const hasReaders = (kind: SceneLockKind): boolean => kind === "rwsem" || kind === "rwlock";

/** A task that is blocked waits for what sleeps; the name tells where the stack does not. */
function kindOf({ name, wait }: HeldMention, frames: readonly StackFrame[]): SceneLockKind {
  const primitive = primitiveOn(frames);
  if (primitive === "rwsem" || primitive === "rwlock") return primitive;
  if (primitive === "spinlock" || innerWait(wait) === 2) return "spinlock";
  return primitive === null && /rwsem|_sem$|mmap_lock|s_umount/.test(name) ? "rwsem" : "mutex";
}

function unique(text: string, names: Set<string>): string {
  const name = identifier(text);
  let own = name;
  for (let n = 2; names.has(own); n++) own = `${name}_${n}`;
  names.add(own);
  return own;
}
