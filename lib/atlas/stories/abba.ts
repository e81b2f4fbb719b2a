/** Two locks taken in both orders, the story of which lockdep's circular reports are made. */
import {
  type LockRef,
  type Scenario,
  forever,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  thread,
} from "../../machine/index.js";
import type { StoryOptions } from "./story.js";

const a = raw_spinlock("lock_a");
const b = raw_spinlock("lock_b");

const nested = (outer: LockRef, inner: LockRef) =>
  forever([
    raw_spin_lock(outer),
    raw_spin_lock(inner),
    raw_spin_unlock(inner),
    raw_spin_unlock(outer),
  ]);

/** Returns two threads that take two locks, one of them the other way round unless `fixed`. */
export function abba({ fixed = false }: StoryOptions = {}): Scenario {
  return scenario(fixed ? "AB/AB" : "AB/BA", {
    sizes: { cpu: 2 },
    processes: [
      thread("T0", 0, [nested(a, b)]),
      thread("T1", 1, [fixed ? nested(a, b) : nested(b, a)]),
    ],
  });
}
