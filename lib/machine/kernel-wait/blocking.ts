/** What calls have in common that sleep until something holds. */
import { mayWait, notInAtomic } from "../kernel-locks/common.js";
import { type Expr, and, not } from "../language/expr.js";
import { either, fn } from "../language/control-flow.js";
import type { Effect, FactTemplate } from "../language/effect.js";
import type { SleepingCall, Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import { signal_pending } from "./signal.js";

/** A call that sleeps: what it waits for, and what it then does. */
export interface Wait {
  /** As it is labelled: `down(&sem)`. */
  readonly label: string;
  /** When it goes on. */
  readonly until: Expr;
  readonly then?: readonly Effect[];
  /** What lockdep is told before it waits, and when it goes on. */
  readonly before?: readonly FactTemplate[];
  readonly after?: readonly FactTemplate[];
  /** What it waits on, whose waiters sleep. */
  readonly on: Variable;
}

/** The call that a task which shares its CPU cannot make. */
export const sleepingOn = (lock: Variable): SleepingCall => ({ lock, instead: "" });

/** Returns a call that waits, whatever comes: `TASK_UNINTERRUPTIBLE`. A misuse in atomic context. */
export function blocking(call: string, { label, until, then = [], ...of }: Wait): Statement {
  const taken = step(label, {
    when: until,
    then: [notInAtomic(label), ...then],
    facts: of.after ?? [],
    sleeping: sleepingOn(of.on),
  });
  const { before = [] } = of;
  const first: readonly Statement[] =
    before.length === 0 ? [] : [{ kind: "annotate", facts: before }];
  return fn(call, [...first, mayWait(label, until, taken)]);
}

/** Returns a call that a signal ends: `then` where it got what it waited for, `otherwise` with `-EINTR`. */
export function interruptible(
  call: string,
  wait: Wait,
  then: readonly Statement[],
  otherwise: readonly Statement[],
  ended: {
    readonly by?: Expr;
    readonly label?: string;
    readonly facts?: readonly FactTemplate[];
  } = {},
): Statement {
  const { by = signal_pending(), label = `${wait.label} = -EINTR`, facts = [] } = ended;
  const given = step(label, {
    when: and(not(wait.until), by),
    then: [notInAtomic(wait.label)],
    facts,
  });
  return either([blocking(call, wait), ...then], [given, ...otherwise]);
}
