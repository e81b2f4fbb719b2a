/** `call_rcu()`: what is called after a grace period, from a softirq (kernel/rcu/tree.c). */
import { handlerOf, isActive, raise, raised, type Raised } from "../kernel-irq/one-at-a-time.js";
import { lockdepMap, notInAtomic } from "../kernel-locks/common.js";
import { thread } from "../kernel/process.js";
import { and, at, not, or } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { fn, forever } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, variable } from "../language/variable.js";
import { rcuAcquired, readers } from "./rcu.js";

/** A `struct rcu_head`. */
export interface RcuHead extends Raised {
  readonly kind: "rcu_head";
  /** Whether `call_rcu()` was called, and the callback has not been yet. */
  readonly queued: Variable;
}

const rcu_callback_map = lockdepMap("rcu_callback_map", "rcu_callback");

/** Declares a `struct rcu_head`. */
export const rcu_head = (name: string): RcuHead => ({
  kind: "rcu_head",
  ...raised(name),
  queued: variable(`${name}.queued`, bool),
});

/** `call_rcu()`: from any context. A misuse while the head waits already. */
export const call_rcu = (of: RcuHead): Step => queueCallback(`call_rcu(&${of.name})`, of);

/** Returns the step of a call that queues a callback. */
export function queueCallback(call: string, of: RcuHead): Step {
  return step(call, {
    then: [
      check(not(of.queued), `${call}: it waits for its grace period already`, "misuse"),
      assign(of.queued, true),
    ],
  });
}

/**
 * Returns what calls a callback: a thread for the grace period, and the softirq.
 *
 * @example
 * rcu_callback(rcu_head("obj->rcu"), "obj_free", [])
 */
export function rcu_callback(
  of: RcuHead,
  name: string,
  body: readonly Statement[],
): readonly Process[] {
  const lock = at(rcu_callback_map);
  const period = thread(`rcu/${of.name}`, [
    forever([
      step("grace period begins", { when: of.queued, then: readers.begin(), end: true }),
      step("grace period over", { when: readers.over() }),
      raise("rcu_do_batch()", of, "any"),
      step("called back", { when: not(isActive(of)) }),
    ]),
  ]);
  const softirq = handlerOf(of, name, {
    context: "softirq",
    then: [assign(of.queued, false)],
    facts: [[rcuAcquired(rcu_callback_map)], [{ kind: "release", lock }]],
    body,
  });
  return [period, softirq];
}

/**
 * `rcu_barrier()`: waits until the callbacks were called that are queued. A misuse in atomic context.
 *
 * @param heads those of the scenario
 */
export function rcu_barrier(...heads: readonly RcuHead[]): Statement {
  const call = "rcu_barrier()";
  const busy = heads.map((of) => or(of.queued, isActive(of)));
  return fn("rcu_barrier", [
    step(call, { when: and(...busy.map((one) => not(one))), then: [notInAtomic(call)] }),
  ]);
}
