/** `struct completion`: kernel/sched/completion.c. A count of what is done, so that no wakeup is lost. */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { lockdepMap, touched } from "../kernel-locks/common.js";
import { type Expr, type Operand, add, at, cond, eq, ne, sub } from "../language/expr.js";
import { either } from "../language/control-flow.js";
import { assign, check, when } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Dimension, type Variable, int, variable } from "../language/variable.js";
import { blocking, interruptible } from "./blocking.js";

/** Something that tasks wait for until it is complete. */
export interface Completion {
  readonly kind: "completion";
  readonly name: string;
  /** `x->done`; the highest value is `UINT_MAX`, for `complete_all()`. */
  readonly done: Variable;
  readonly all: number;
  /** `x->wait.lock`: all completions that `init_completion()` made are one class. */
  readonly wait: Variable;
}

/** What a completion may be told. */
export interface CompletionOptions {
  readonly per?: readonly Dimension[];
  /** How often it can be completed before anybody has waited; 3 unless told, and one more is a misuse. */
  readonly most?: number;
}

/**
 * Declares a `struct completion`.
 *
 * @example
 * const done = completion("done");
 */
export function completion(name: string, options: CompletionOptions = {}): Completion {
  expectName("completion", name);
  expectOptions(`completion("${name}")`, options, { most: true, per: true });
  const { per = [], most = 3 } = options;
  return {
    kind: "completion",
    name,
    done: variable(`${name}.done`, int(0, most + 1), { per }),
    all: most + 1,
    wait: lockdepMap(`${name}.wait.lock`, "&x->wait", {
      per,
      waitInner: 2,
      key: "init_completion",
    }),
  };
}

const places = ({ done, wait }: Completion, index: readonly Operand[]) => ({
  done: at(done, ...index),
  wait: at(wait, ...index),
});

/**
 * `complete()`: from any context.
 *
 * @param index that of an array of completions
 */
export function complete(of: Completion, index: readonly Operand[] = []): Step {
  const { done, wait } = places(of, index);
  const label = `complete(&${of.name})`;
  return step(label, {
    then: [
      check(
        ne(done, of.all - 1),
        `${label}: completed ${String(of.all)} times before anybody has waited, which is as far as it counts here: /* 0..${String(of.all)} */ behind its declaration in C counts further, or { most: ${String(of.all)} } of completion()`,
        "misuse",
      ),
      assign(done, cond(eq(done, of.all), done, cond(eq(done, of.all - 1), done, add(done, 1)))),
    ],
    facts: [touched(wait, true)],
  });
}

/** `complete_all()`: whoever waits goes on, now and later, until `reinit_completion()`. */
export function complete_all(of: Completion, index: readonly Operand[] = []): Step {
  const { done, wait } = places(of, index);
  return step(`complete_all(&${of.name})`, {
    then: [assign(done, of.all)],
    facts: [touched(wait, true)],
  });
}

/** `reinit_completion()` */
export function reinit_completion(of: Completion, index: readonly Operand[] = []): Step {
  return step(`reinit_completion(&${of.name})`, { then: [assign(places(of, index).done, 0)] });
}

const waitFor = (call: string, of: Completion, index: readonly Operand[]) => {
  const { done, wait } = places(of, index);
  return {
    label: `${call}(&${of.name})`,
    until: ne(done, 0),
    then: [when(ne(done, of.all), [assign(done, sub(done, 1))])],
    before: [touched(wait, true)],
    on: of.done,
  };
};

/** `wait_for_completion()`. A misuse in atomic context, whether it is done or not. */
export function wait_for_completion(of: Completion, index: readonly Operand[] = []): Statement {
  return blocking("wait_for_completion", waitFor("wait_for_completion", of, index));
}

/** `if (wait_for_completion_interruptible(x) == 0) then else otherwise`: a signal ends it, see `signals()`. */
export function wait_for_completion_interruptible(
  of: Completion,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const call = "wait_for_completion_interruptible";
  return interruptible(call, waitFor(call, of, index), then, otherwise);
}

/** `if (wait_for_completion_killable(x) == 0) then else otherwise`. */
export function wait_for_completion_killable(
  of: Completion,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const call = "wait_for_completion_killable";
  return interruptible(call, waitFor(call, of, index), then, otherwise);
}

/** `if (wait_for_completion_timeout(x, jiffies)) then else otherwise`: its time may be up at any moment. */
export function wait_for_completion_timeout(
  of: Completion,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const call = "wait_for_completion_timeout";
  return interruptible(call, waitFor(call, of, index), then, otherwise, {
    by: eq(0, 0),
    label: `${call}(&${of.name}) = 0`,
  });
}

/** `if (try_wait_for_completion(x)) then else otherwise`: from any context, it never waits. */
export function try_wait_for_completion(
  of: Completion,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const { until, then: effects } = waitFor("try_wait_for_completion", of, index);
  const facts = [touched(places(of, index).wait, true)];
  const label = `try_wait_for_completion(&${of.name})`;
  return either(
    [step(label, { when: until, then: effects, facts }), ...then],
    [step(`${label} fails`, { when: eq(places(of, index).done, 0) }), ...otherwise],
  );
}

/** Returns `completion_done()`: whether nobody would have to wait. */
export const completion_done = (of: Completion, index: readonly Operand[] = []): Expr =>
  ne(places(of, index).done, 0);
