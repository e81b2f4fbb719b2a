/** Threads that are asked to stop: include/linux/kthread.h, kernel/kthread.c. Lockdep knows nothing of the wait. */
import { notInAtomic } from "../kernel-locks/common.js";
import { type Expr, at, ended } from "../language/expr.js";
import { fn } from "../language/control-flow.js";
import { assign } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, variable } from "../language/variable.js";
import { sleepingOn } from "./blocking.js";

/** What is known of a thread that others may stop. */
export interface Kthread {
  readonly kind: "kthread";
  /** The name of the process. */
  readonly name: string;
  /** `KTHREAD_SHOULD_STOP` */
  readonly should_stop: Variable;
}

/**
 * Declares what `kthread_run()` keeps of a thread.
 *
 * @param name as `thread()` is given it
 * @example
 * const worker = kthread("worker");
 * thread("rmmod", [kthread_stop(worker)]).name // "rmmod"
 */
export const kthread = (name: string): Kthread => ({
  kind: "kthread",
  name,
  should_stop: variable(`${name}.KTHREAD_SHOULD_STOP`, bool),
});

/** `kthread_should_stop()` */
export const kthread_should_stop = (of: Kthread): Expr => at(of.should_stop);

/**
 * `kthread_stop()`: asks a thread to stop, wakes it and waits until it has come to its end. A misuse in atomic context.
 *
 * @param wake what `wake_up_process()` does in the scenario; nothing, where the thread does not sleep until it is woken
 */
export function kthread_stop(of: Kthread, wake: readonly Statement[] = []): Statement {
  const call = `kthread_stop(${of.name})`;
  return fn("kthread_stop", [
    step(call, { then: [notInAtomic(call), assign(of.should_stop, true)] }),
    ...wake,
    step("wait_for_completion(&kthread->exited)", {
      when: ended(of.name),
      sleeping: sleepingOn(of.should_stop),
    }),
  ]);
}
