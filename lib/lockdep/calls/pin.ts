/**
 * Pins: a lock that must not be dropped for a while.
 *
 * Follows `lock_pin_lock()`, `lock_repin_lock()` and `lock_unpin_lock()` in
 * kernel/locking/lockdep.c; the cookie is a fixed number where the kernel takes a random one.
 */
import type { Core } from "../state/core.js";
import { heldEntry } from "../state/held.js";
import type { LockdepMap } from "../state/map.js";

/** What a pin is undone with; 0 where nothing was pinned. */
export type PinCookie = number;

const COOKIE: PinCookie = 1;

/** Pins a held lock. */
export function pin(core: Core, map: LockdepMap): PinCookie {
  return repin(core, map, COOKIE) ? COOKIE : 0;
}

/** Pins a lock again that was unpinned for a while. */
export function repin(core: Core, map: LockdepMap, cookie: PinCookie): boolean {
  const lock = heldEntry(core, map);
  if (lock === null) {
    core.warn("pinning an unheld lock", "__lock_pin_lock");
    return false;
  }
  lock.pinCount += cookie;
  return true;
}

/** Undoes a pin. */
export function unpin(core: Core, map: LockdepMap, cookie: PinCookie): void {
  const lock = heldEntry(core, map);
  if (lock === null) {
    core.warn("unpinning an unheld lock", "__lock_unpin_lock");
  } else if (lock.pinCount === 0) {
    core.warn("unpinning an unpinned lock", "__lock_unpin_lock");
  } else if (cookie > lock.pinCount) {
    lock.pinCount = 0;
    core.warn("pin count corrupted", "__lock_unpin_lock");
  } else {
    lock.pinCount -= cookie;
  }
}
