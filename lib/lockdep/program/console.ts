/**
 * What printing a warning does to lockdep: the console has locks of its own, and a task that holds a
 * lock while it prints teaches lockdep an order.
 *
 * Follows `vprintk_emit()`, `console_trylock_spinning()` and `console_emit_next_record()` in
 * kernel/printk/printk.c.
 */
import type { LockMap, WaitType } from "../../primitives/lock.js";
import type { Lockdep } from "../lockdep.js";
import type { LockdepMap } from "../state/map.js";
import { kernelKey } from "../kernel/kernel-key.js";

function mapOf(lockdep: Lockdep, name: string, waitInner: WaitType): LockdepMap {
  const key = kernelKey(name);
  const lock: LockMap = { id: key, name, key, waitInner };
  return lockdep.map(lock.id) ?? lockdep.lockdep_init_map(lock);
}

/** Prints one line: what lockdep sees of it. */
export function printToConsole(lockdep: Lockdep): void {
  const ip = ["printk"];
  const sem = mapOf(lockdep, "(console_sem).lock", 2);
  const consoleLock = mapOf(lockdep, "console_lock", 0);
  const srcu = mapOf(lockdep, "console_srcu", 0);
  const ownerLock = mapOf(lockdep, "console_owner_lock", 2);
  const owner = mapOf(lockdep, "console_owner", 0);
  const port = mapOf(lockdep, "console port", 2);
  const take = (map: LockdepMap): void => {
    lockdep.lock_acquire(map, 0, false, 0, true, null, ip);
  };
  const drop = (map: LockdepMap): void => {
    lockdep.lock_release(map, ip);
  };
  const hardirqsEnabled = lockdep.hardirqs_enabled;
  if (hardirqsEnabled) lockdep.lockdep_hardirqs_off(ip);
  take(sem);
  drop(sem);
  lockdep.lock_acquire(consoleLock, 0, true, 0, true, null, ip);
  lockdep.lock_acquire(srcu, 0, true, 2, false, null, ip);
  take(ownerLock);
  drop(ownerLock);
  take(owner);
  take(port);
  drop(port);
  drop(owner);
  drop(srcu);
  drop(consoleLock);
  if (hardirqsEnabled) lockdep.lockdep_hardirqs_on(ip);
}
