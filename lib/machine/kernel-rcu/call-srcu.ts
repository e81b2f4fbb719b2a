/** `call_srcu()`: what is called after a grace period of one `struct srcu_struct`, by a worker with bottom halves off. */
import { isActive } from "../kernel-irq/one-at-a-time.js";
import { notInAtomic } from "../kernel-locks/common.js";
import { local_bh_disable, local_bh_enable } from "../kernel/cpu.js";
import { thread } from "../kernel/process.js";
import { and, not, or } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { fn, forever } from "../language/control-flow.js";
import { assign } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type RcuHead, queueCallback } from "./call-rcu.js";
import type { Srcu } from "./srcu.js";

/** `call_srcu()`: from any context. A misuse while the head waits already. */
export const call_srcu = ({ name }: Srcu, of: RcuHead): Step =>
  queueCallback(`call_srcu(&${name}, &${of.name})`, of);

/**
 * Returns what calls a callback of `call_srcu()`: `srcu_invoke_callbacks()` of kernel/rcu/srcutree.c.
 *
 * @example
 * srcu_callback(srcu_struct("ss"), rcu_head("obj->rcu"), "obj_free", [])
 */
export function srcu_callback(
  { readers }: Srcu,
  of: RcuHead,
  name: string,
  body: readonly Statement[],
): Process {
  return thread(`srcu/${of.name}`, [
    forever([
      step("grace period begins", { when: of.queued, then: readers.begin(), end: true }),
      step("grace period over", {
        when: readers.over(),
        then: [assign(of.queued, false), assign(of.running, true)],
      }),
      fn("srcu_invoke_callbacks", [local_bh_disable(), fn(name, body), local_bh_enable()]),
      step("called back", { then: [assign(of.running, false)] }),
    ]),
  ]);
}

/**
 * `srcu_barrier()`: waits until the callbacks were called that are queued. A misuse in atomic context.
 *
 * @param heads those that the scenario queues with this `struct srcu_struct`
 */
export function srcu_barrier({ name }: Srcu, ...heads: readonly RcuHead[]): Statement {
  const call = `srcu_barrier(&${name})`;
  const busy = heads.map((of) => or(of.queued, isActive(of)));
  return fn("srcu_barrier", [
    step(call, { when: and(...busy.map((one) => not(one))), then: [notInAtomic(call)] }),
  ]);
}
