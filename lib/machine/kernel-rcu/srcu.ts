/** SRCU: kernel/rcu/srcutree.c. Its readers may sleep; each `struct srcu_struct` waits for its own alone. */
import {
  type LockRef,
  acquireFact,
  lockOf,
  lockdepMap,
  notInAtomic,
  told,
} from "../kernel-locks/common.js";
import { at } from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import { fn } from "../language/control-flow.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, int, variable } from "../language/variable.js";
import { type GracePeriods, gracePeriods } from "./grace-period.js";
import { rcuMaps, rcuWarn } from "./rcu.js";

/** A `struct srcu_struct`. */
export interface Srcu {
  readonly kind: "srcu";
  readonly name: string;
  readonly readers: GracePeriods;
  readonly map: Variable;
}

/**
 * Declares a `struct srcu_struct`.
 *
 * @example
 * const srcu = srcu_struct("kvm->srcu");
 */
export function srcu_struct(name: string): Srcu {
  const nesting = variable(`${name}.nesting`, int(0, 3), { per: [PROCESS] });
  return {
    kind: "srcu",
    name,
    readers: gracePeriods(name, nesting),
    map: lockdepMap(`${name}.dep_map`, `&${name}`),
  };
}

/** `srcu_read_lock()`: it nests, and a reader may sleep. */
export const srcu_read_lock = ({ name, readers, map }: Srcu): Step =>
  step(`srcu_read_lock(&${name})`, {
    then: readers.enter(),
    facts: [acquireFact(at(map), {}, 2, false)],
  });

/** `srcu_read_unlock()` */
export const srcu_read_unlock = ({ name, readers, map }: Srcu): Step =>
  step(`srcu_read_unlock(&${name})`, {
    then: readers.leave(`srcu_read_unlock(&${name})`),
    facts: [{ kind: "release", lock: at(map) }],
  });

/**
 * `synchronize_srcu()`: waits for every reader that is inside; a reader that calls it waits forever.
 *
 * Lockdep takes it for a wait for the map (`srcu_lock_sync()`), and calls it suspicious inside a section.
 */
export function synchronize_srcu({ name, readers, map }: Srcu): Statement {
  const call = `synchronize_srcu(&${name})`;
  const where =
    "Illegal synchronize_srcu() in same-type SRCU (or in RCU) read-side critical section";
  return fn("synchronize_srcu", [
    told({ kind: "sync", lock: at(map), read: 0 }, rcuWarn("none-held", [map, ...rcuMaps], where)),
    step(`${call} begins`, { then: [notInAtomic(call), ...readers.begin()] }),
    step(call, { when: readers.over() }),
  ]);
}

/**
 * `srcu_dereference()`: "suspicious RCU usage" outside of a section of this `struct srcu_struct`.
 *
 * @param also the locks of `lockdep_is_held()`, any of which will do
 */
export const srcu_dereference = ({ map }: Srcu, ...also: readonly LockRef[]): Statement =>
  told({
    kind: "rcu_warn",
    unless: "held",
    maps: [map, ...also].map((one) => lockOf(one, "srcu_dereference")),
    message: "suspicious rcu_dereference_check() usage!",
  });
