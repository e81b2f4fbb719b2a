/**
 * RCU: kernel/rcu, preemptible as PREEMPT_RT and most kernels have it. A grace period waits for the readers that
 * were there when it began, and for no others.
 *
 * Read-side sections are those of `rcu_read_lock()` and its kin; that one is in an interrupt or has preemption
 * off alone is no section here.
 */
import {
  local_bh_disable,
  local_bh_enable,
  preempt_disable,
  preempt_enable,
  rcu_read_lock_nesting,
} from "../kernel/cpu.js";
import {
  type LockRef,
  acquireFact,
  lockOf,
  lockdepMap,
  notInAtomic,
  told,
} from "../kernel-locks/common.js";
import { at } from "../language/expr.js";
import { fn } from "../language/control-flow.js";
import type { FactTemplate } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import { gracePeriods } from "./grace-period.js";

/** `rcu_lock_map`, `rcu_bh_lock_map` and `rcu_sched_lock_map` of kernel/rcu/update.c. */
const rcu_lock_map = lockdepMap("rcu_lock_map", "rcu_read_lock", { waitInner: 3, waitOuter: 1 });
const rcu_bh_lock_map = lockdepMap("rcu_bh_lock_map", "rcu_read_lock_bh", {
  waitInner: 3,
  waitOuter: 1,
});
const rcu_sched_lock_map = lockdepMap("rcu_sched_lock_map", "rcu_read_lock_sched", {
  waitInner: 2,
  waitOuter: 1,
});

/** The maps of all read-side sections. */
export const rcuMaps: readonly Variable[] = [rcu_lock_map, rcu_bh_lock_map, rcu_sched_lock_map];

/** The sections of all kinds of RCU readers. */
export const readers = gracePeriods("rcu", rcu_read_lock_nesting);

/** What `rcu_lock_acquire()` tells lockdep: recursive, and nothing is learnt from it. */
export const rcuAcquired = (map: Variable): FactTemplate => {
  const fact = acquireFact(at(map), {}, 2, false);
  return fact.kind === "acquire" ? { ...fact, check: false } : fact;
};

const enter = (call: string, map: Variable): Step =>
  step(call, { then: readers.enter(), facts: [rcuAcquired(map)] });

const leave = (call: string, map: Variable): Step =>
  step(call, { then: readers.leave(call), facts: [{ kind: "release", lock: at(map) }] });

/** `rcu_read_lock()`: from any context; it nests, and a reader must not sleep. */
export const rcu_read_lock = (): Step => enter("rcu_read_lock()", rcu_lock_map);
/** `rcu_read_unlock()` */
export const rcu_read_unlock = (): Step => leave("rcu_read_unlock()", rcu_lock_map);
/** `rcu_read_lock_bh()` */
export const rcu_read_lock_bh = (): Statement =>
  fn("rcu_read_lock_bh", [local_bh_disable(), enter("rcu_read_lock_bh()", rcu_bh_lock_map)]);
/** `rcu_read_unlock_bh()` */
export const rcu_read_unlock_bh = (): Statement =>
  fn("rcu_read_unlock_bh", [leave("rcu_read_unlock_bh()", rcu_bh_lock_map), local_bh_enable()]);
/** `rcu_read_lock_sched()` */
export const rcu_read_lock_sched = (): Statement =>
  fn("rcu_read_lock_sched", [
    preempt_disable(),
    enter("rcu_read_lock_sched()", rcu_sched_lock_map),
  ]);
/** `rcu_read_unlock_sched()` */
export const rcu_read_unlock_sched = (): Statement =>
  fn("rcu_read_unlock_sched", [
    leave("rcu_read_unlock_sched()", rcu_sched_lock_map),
    preempt_enable(),
  ]);

/** What `RCU_LOCKDEP_WARN()` says unless some map is held, or none. */
export const rcuWarn = (
  unless: "held" | "none-held",
  maps: readonly Variable[],
  message: string,
): FactTemplate => ({ kind: "rcu_warn", unless, maps: maps.map((map) => at(map)), message });

const heldOr = (maps: readonly LockRef[], message: string): Statement =>
  told({
    kind: "rcu_warn",
    unless: "held",
    maps: maps.map((map) => lockOf(map, "rcu_dereference_check")),
    message,
  });

/**
 * `rcu_dereference_check()`: "suspicious RCU usage" outside of `rcu_read_lock()`, whose kin for bottom halves and
 * preemption are none of it.
 *
 * @param also the locks of `lockdep_is_held()`, any of which will do
 */
export const rcu_dereference_check = (...also: readonly LockRef[]): Statement =>
  heldOr([rcu_lock_map, ...also], "suspicious rcu_dereference_check() usage!");

/** `rcu_dereference()`: "suspicious RCU usage" outside of `rcu_read_lock()`. */
export const rcu_dereference = (): Statement => rcu_dereference_check();

/**
 * `rcu_dereference_protected(pointer, lockdep_is_held(&lock))`: "suspicious RCU usage" without the lock.
 *
 * @param locks any of which will do
 */
export const rcu_dereference_protected = (...locks: readonly LockRef[]): Statement =>
  heldOr(locks, "suspicious rcu_dereference_protected() usage!");

/**
 * `synchronize_rcu()`: waits for every reader that is inside. A misuse in atomic context, and inside a section,
 * where it would wait for itself: lockdep calls that suspicious.
 *
 * @example
 * thread("updater", [synchronize_rcu()])
 */
export function synchronize_rcu(): Statement {
  const call = "synchronize_rcu()";
  const where = "Illegal synchronize_rcu() in RCU read-side critical section";
  return fn("synchronize_rcu", [
    told(rcuWarn("none-held", rcuMaps, where)),
    step(`${call} begins`, { then: [notInAtomic(call), ...readers.begin()] }),
    step(call, { when: readers.over() }),
  ]);
}
