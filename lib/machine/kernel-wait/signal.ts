/** Signals, as far as they end a wait: in a scenario without them interruptible waits are as long as any other. */
import { type Expr, at, current } from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import { signalPending } from "../kernel/signal-pending.js";
import { device } from "../kernel/process.js";
import type { Process } from "../language/process-type.js";
import { choose } from "../language/choose.js";
import { assign } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";

/** Returns `signal_pending(current)`. */
export const signal_pending = (): Expr => at(signalPending, current());

/**
 * Returns somebody who may send a signal to any task at any moment, or never: a device, so that whoever is
 * stuck without a signal is stuck.
 *
 * @example
 * const sem = semaphore("sem");
 * scenario("a wait that can be killed", {
 *   sizes: {},
 *   processes: [thread("T", [down_killable(sem, [up(sem)])]), signals()],
 * })
 */
export function signals(name = "user"): Process {
  const send: Statement = choose(PROCESS, (task) =>
    step("send_sig()", { then: [assign(at(signalPending, task), true)] }),
  );
  return device(name, [send]);
}
