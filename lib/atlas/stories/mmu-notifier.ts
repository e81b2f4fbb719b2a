/** A driver that mirrors an address space, and is notified while memory is reclaimed. */
import {
  type Scenario,
  kmalloc,
  mmu_notifier_invalidate_range_start,
  mmu_notifier_reclaims,
  mutex,
  mutex_lock,
  mutex_unlock,
  scenario,
  thread,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const notifierLock = mutex("gpu->notifier_lock");
const invalidates = mmu_notifier_invalidate_range_start([
  mutex_lock(notifierLock),
  mutex_unlock(notifierLock),
]);

/** Returns a driver that allocates under the lock which its notifier takes; `fixed`, before it takes that. */
export function allocationUnderNotifierLock(options: StoryOptions = {}): Scenario {
  const allocates = [mmu_notifier_reclaims(), kmalloc([invalidates])];
  const body = options.fixed
    ? [...allocates, mutex_lock(notifierLock), mutex_unlock(notifierLock)]
    : [mutex_lock(notifierLock), ...allocates, mutex_unlock(notifierLock)];
  return scenario(title("an allocation under a notifier's lock", options), {
    sizes: {},
    processes: [thread("driver", body), thread("munmap", [invalidates])],
  });
}

/** The stories of MMU notifiers. */
export const mmuNotifierStories: readonly Story[] = [
  bad("mmu-notifier", allocationUnderNotifierLock(), "deadlock", [23, 4], "circular"),
  safe("mmu-notifier-fixed", allocationUnderNotifierLock({ fixed: true }), 30),
];
