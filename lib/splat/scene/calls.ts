/** What each step is in the machine's words and the kernel's, which are the same. */
import type { SceneLockKind } from "./scene.js";

/** The functions of a kind of lock; `read` where it has readers. */
export interface LockCalls {
  /** How the machine and a cell declare it. */
  readonly declare: SceneLockKind;
  /** How C does. */
  readonly define: string;
  readonly lock: string;
  readonly unlock: string;
  readonly readLock: string;
  readonly readUnlock: string;
}

const plain = (declare: SceneLockKind, define: string, name: string): LockCalls => ({
  declare,
  define,
  lock: `${name}_lock`,
  unlock: `${name}_unlock`,
  readLock: `${name}_lock`,
  readUnlock: `${name}_unlock`,
});

/** By kind of lock. */
export const callsOf: Readonly<Record<SceneLockKind, LockCalls>> = {
  raw_spinlock: plain("raw_spinlock", "DEFINE_RAW_SPINLOCK", "raw_spin"),
  spinlock: plain("spinlock", "DEFINE_SPINLOCK", "spin"),
  mutex: plain("mutex", "DEFINE_MUTEX", "mutex"),
  rwlock: {
    declare: "rwlock",
    define: "DEFINE_RWLOCK",
    lock: "write_lock",
    unlock: "write_unlock",
    readLock: "read_lock",
    readUnlock: "read_unlock",
  },
  rwsem: {
    declare: "rwsem",
    define: "DECLARE_RWSEM",
    lock: "down_write",
    unlock: "up_write",
    readLock: "down_read",
    readUnlock: "up_read",
  },
};

/** The function of a step on a lock. */
export function lockCall(kind: SceneLockKind, op: "lock" | "unlock", read: boolean): string {
  const calls = callsOf[kind];
  if (op === "lock") return read ? calls.readLock : calls.lock;
  return read ? calls.readUnlock : calls.unlock;
}
