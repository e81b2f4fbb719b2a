/**
 * `kn->active`: fs/kernfs/dir.c. A sysfs attribute that is read or written is active; a task that removes it waits until
 * it is not, and one that comes afterwards gets `-ENODEV` and waits for nothing.
 *
 * So there is a deadlock where an attribute's own code waits for the task that removes it, or for a lock that the removal
 * is made under.
 */
import { lockdepMap, notInAtomic, told, acquireFact } from "../kernel-locks/common.js";
import { add, at, eq, lt, not, sub } from "../language/expr.js";
import { either, fn } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, countOfProcesses, variable } from "../language/variable.js";

/** A `struct kernfs_node`. */
export interface KernfsNode {
  readonly kind: "kernfs_node";
  readonly name: string;
  readonly active: Variable;
  readonly removed: Variable;
  readonly map: Variable;
}

/** Declares an attribute. */
export const kernfs_node = (name: string): KernfsNode => ({
  kind: "kernfs_node",
  name,
  active: countOfProcesses(`${name}.active`, 7),
  removed: variable(`${name}.removed`, bool),
  map: lockdepMap(`${name}.dep_map`, "kn->active"),
});

/** `if (kernfs_get_active(kn)) then else otherwise`: it never waits, and lockdep knows it for a trylock. */
export function kernfs_get_active(
  { name, active, removed, map }: KernfsNode,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  const taken = step(`kernfs_get_active(${name})`, {
    when: not(removed),
    then: [assign(active, add(active, 1))],
    facts: [acquireFact(at(map), {}, 1, true)],
  });
  const gone = step(`kernfs_get_active(${name}) = NULL`, { when: removed });
  return either([taken, ...then], [gone, ...otherwise]);
}

/** `kernfs_put_active()` */
export const kernfs_put_active = ({ name, active, map }: KernfsNode): Step =>
  step(`kernfs_put_active(${name})`, {
    then: [
      check(lt(0, active), `kernfs_put_active(${name}): it is not active`, "misuse"),
      assign(active, sub(active, 1)),
    ],
    facts: [{ kind: "release", lock: at(map) }],
  });

/** `kernfs_remove()`: nobody gets it any more, and those that have it are waited for (`kernfs_drain()`). */
export function kernfs_remove({ name, active, removed, map }: KernfsNode): Statement {
  const call = `kernfs_remove(${name})`;
  const lock = at(map);
  return fn("kernfs_remove", [
    step("kernfs_deactivate()", { then: [notInAtomic(call), assign(removed, true)] }),
    fn("kernfs_drain", [
      told(acquireFact(lock, {}, 0, false)),
      step(call, { when: eq(active, 0), facts: [{ kind: "release", lock }] }),
    ]),
  ]);
}
