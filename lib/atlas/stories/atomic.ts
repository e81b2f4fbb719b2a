/** A mutex under a spinlock: the owner may sleep where nobody may. */
import {
  type Scenario,
  mutex,
  mutex_lock,
  mutex_unlock,
  scenario,
  spin_lock,
  spin_unlock,
  spinlock,
  thread,
} from "../../machine/index.js";
import type { StoryOptions } from "./story.js";

const lock = spinlock("dev->lock");
const sleeping = mutex("dev->mutex");

/** Returns a task that takes a mutex inside a spinlock; `fixed`, outside of it. */
export function sleepInAtomic({ fixed = false }: StoryOptions = {}): Scenario {
  const body = fixed
    ? [mutex_lock(sleeping), spin_lock(lock), spin_unlock(lock), mutex_unlock(sleeping)]
    : [spin_lock(lock), mutex_lock(sleeping), mutex_unlock(sleeping), spin_unlock(lock)];
  return scenario(fixed ? "a spinlock in a mutex" : "a mutex in a spinlock", {
    sizes: { cpu: 1 },
    processes: [thread("task", 0, body)],
  });
}
