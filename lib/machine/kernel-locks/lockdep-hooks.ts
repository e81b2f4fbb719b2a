/** What is told to lockdep about a lock and is no step of the machine: the lock itself stays as it is. */
import { type LockRef, acquireFact, lockOf } from "./common.js";
import type { Statement } from "../language/statement.js";

/** `spin_acquire(&lock->dep_map, subclass, 0, ip)`: told to lockdep, no step of the machine. */
export function spin_acquire(lock: LockRef, subclass = 0): Statement {
  return {
    kind: "annotate",
    facts: [acquireFact(lockOf(lock, "spin_acquire"), { subclass }, 0, false)],
  };
}

/** `spin_release(&lock->dep_map, ip)`: told to lockdep, no step of the machine. */
export function spin_release(lock: LockRef): Statement {
  return { kind: "annotate", facts: [{ kind: "release", lock: lockOf(lock, "spin_release") }] };
}

/** `lockdep_assert_held()` */
export function lockdep_assert_held(lock: LockRef): Statement {
  return {
    kind: "annotate",
    facts: [{ kind: "assert_held", lock: lockOf(lock, "lockdep_assert_held"), held: true }],
  };
}

/** `lockdep_assert_not_held()` */
export function lockdep_assert_not_held(lock: LockRef): Statement {
  return {
    kind: "annotate",
    facts: [{ kind: "assert_held", lock: lockOf(lock, "lockdep_assert_not_held"), held: false }],
  };
}
