/**
 * Acquire contexts of wound/wait mutexes: include/linux/ww_mutex.h of Linux 6.12, and what 6.13 added.
 *
 * A context is on the stack of its task, so that each process has one of a class. Of stamps only their order is kept:
 * the oldest context has 1, and a task without one has 0.
 */
import { waitTypeOf } from "../../primitives/lock.js";
import { expectOptions } from "../../primitives/option-names.js";
import { add, at, count, current, eq, lt, not, sub } from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import { assign, check, each, when } from "../language/effect.js";
import type { Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, countOfProcesses, int, variable } from "../language/variable.js";
import { acquireFact, lockdepMap } from "./common.js";

/** A `struct ww_class`, with the context that each process may have of it. */
export interface WwClass {
  readonly kind: "ww_class";
  readonly name: string;
  readonly isWaitDie: boolean;
  readonly stamp: Variable;
  /** How many locks are held in the context. */
  readonly acquired: Variable;
  /** Whether somebody older waits for one of them. */
  readonly wounded: Variable;
  readonly done: Variable;
  /** `ctx->dep_map` */
  readonly map: Variable;
  /** `ctx->first_lock_dep_map`: since 6.13, a mutex of the class that each context holds for lockdep. */
  readonly firstMap: Variable;
  /** What the call that a process makes returns. */
  readonly returned: Variable;
}

/** What a class may be told. */
export interface WwClassOptions {
  /** True for `DEFINE_WD_CLASS()` (wait-die): the younger context gives up, and none is wounded; false by default. */
  readonly is_wait_die?: boolean;
}

/**
 * Declares a class of wound/wait mutexes: `DEFINE_WW_CLASS()`.
 *
 * @example
 * const reservation = ww_class("reservation_ww_class");
 */
export function ww_class(name: string, options: WwClassOptions = {}): WwClass {
  expectOptions(`ww_class("${name}")`, options, { is_wait_die: true });
  const per = [PROCESS];
  return {
    kind: "ww_class",
    name,
    isWaitDie: options.is_wait_die ?? false,
    stamp: countOfProcesses(`${name}.stamp`, 1, { per }),
    acquired: variable(`${name}.acquired`, int(0, 7), { per }),
    wounded: variable(`${name}.wounded`, bool, { per }),
    done: variable(`${name}.done_acquire`, bool, { per }),
    map: lockdepMap(`${name}_acquire`, `${name}_acquire`, { per, key: `${name}.acquire_key` }),
    firstMap: firstLockMap(name),
    returned: variable(`${name}.returned`, int(0, 3), { per }),
  };
}

/** The map stays held while mutexes of the context come and go: lockdep remembers the first of them. */
function firstLockMap(name: string): Variable {
  const options = { per: [PROCESS], key: `${name}.mutex_key`, waitInner: waitTypeOf.ww_mutex };
  const map = lockdepMap(`${name}.first_lock_dep_map`, `${name}_mutex`, options);
  if (map.lock === null) return map;
  return { ...map, lock: { ...map.lock, since: "6.13" } };
}

/** Throws a TypeError unless that is a class. */
export function expectClass(call: string, of: WwClass): void {
  const given: unknown = of;
  const isClass = typeof given === "object" && given !== null && "kind" in given;
  if (isClass && given.kind === "ww_class") return;
  throw new TypeError(`${call}(): a context is of ww_class("name")`);
}

/** `ww_acquire_init(ctx, class)`: the youngest context from now on. A misuse where this task has one of the class. */
export function ww_acquire_init(of: WwClass): Step {
  expectClass("ww_acquire_init", of);
  const { stamp, name } = of;
  const me = current();
  const mine = at(stamp, me);
  const map = at(of.map, me);
  const youngest = add(
    1,
    count(PROCESS, (task) => lt(0, at(stamp, task))),
  );
  return step(`ww_acquire_init(&${name})`, {
    then: [
      check(eq(mine, 0), `ww_acquire_init(&${name}): the context is in use`, "misuse"),
      assign(mine, youngest),
    ],
    facts: [
      acquireFact(map, {}, 0, false),
      acquireFact(at(of.firstMap, me), { nest: map }, 0, false),
    ],
  });
}

/** `ww_acquire_done(ctx)`: no lock will be taken in the context any more. */
export function ww_acquire_done(of: WwClass): Step {
  expectClass("ww_acquire_done", of);
  const done = at(of.done, current());
  const call = `ww_acquire_done(&${of.name})`;
  return step(call, {
    then: [check(not(done), `${call}: it was called before`, "misuse"), assign(done, true)],
    facts: [{ kind: "assert_held", lock: at(of.map, current()), held: true }],
  });
}

/** `ww_acquire_fini(ctx)`: a misuse with locks of the context held. */
export function ww_acquire_fini(of: WwClass): Step {
  expectClass("ww_acquire_fini", of);
  const me = current();
  const mine = at(of.stamp, me);
  const call = `ww_acquire_fini(&${of.name})`;
  return step(call, {
    then: [
      check(eq(at(of.acquired, me), 0), `${call}: locks of the context are held`, "misuse"),
      each(PROCESS, (task) => {
        const other = at(of.stamp, task);
        return [when(lt(mine, other), [assign(other, sub(other, 1))])];
      }),
      assign(mine, 0),
      assign(at(of.wounded, me), false),
      assign(at(of.done, me), false),
    ],
    facts: [
      { kind: "release", lock: at(of.firstMap, me) },
      { kind: "release", lock: at(of.map, me) },
    ],
  });
}
