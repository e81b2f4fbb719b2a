/** `struct semaphore`: kernel/locking/semaphore.c. Nobody owns it, so lockdep knows nothing but its inner lock. */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { lockdepMap, touched, tried } from "../kernel-locks/common.js";
import { type Operand, add, at, eq, lt, sub } from "../language/expr.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Dimension, type Variable, int, variable } from "../language/variable.js";
import { blocking, interruptible } from "./blocking.js";

/** A semaphore that counts. */
export interface Semaphore {
  readonly kind: "semaphore";
  readonly name: string;
  readonly count: Variable;
  readonly most: number;
  /** `sem->lock`, held inside the calls alone. */
  readonly lock: Variable;
}

/** What a semaphore may be told. */
export interface SemaphoreOptions {
  readonly per?: readonly Dimension[];
  /** `sema_init(sem, count)`; 1 unless told. */
  readonly count?: number;
  /** How high it can count; what it starts with, and 1 at least, unless told. One more is a misuse. */
  readonly most?: number;
}

/**
 * Declares a `struct semaphore`.
 *
 * @example
 * const slots = semaphore("slots", { count: 2 });
 */
export function semaphore(name: string, options: SemaphoreOptions = {}): Semaphore {
  expectName("semaphore", name);
  expectOptions(`semaphore("${name}")`, options, { count: true, most: true, per: true });
  const { per = [], count = 1, most = Math.max(1, count) } = options;
  return {
    kind: "semaphore",
    name,
    count: variable(`${name}.count`, int(0, most), { per, init: count }),
    most,
    lock: lockdepMap(`${name}.lock`, "semaphore->lock", { per, waitInner: 2, key: "sema_init" }),
  };
}

const taking = (call: string, of: Semaphore, index: readonly Operand[]) => {
  const count = at(of.count, ...index);
  return {
    label: `${call}(&${of.name})`,
    until: lt(0, count),
    then: [assign(count, sub(count, 1))],
    before: [touched(at(of.lock, ...index), true)],
    on: of.count,
  };
};

/**
 * `down()`: waits until the count is not 0, and takes one. A misuse in atomic context.
 *
 * @param index that of an array of semaphores
 */
export function down(of: Semaphore, index: readonly Operand[] = []): Statement {
  return blocking("down", taking("down", of, index));
}

/** `if (down_interruptible(sem) == 0) then else otherwise`: a signal ends it, see `signals()`. */
export function down_interruptible(
  of: Semaphore,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  return interruptible(
    "down_interruptible",
    taking("down_interruptible", of, index),
    then,
    otherwise,
  );
}

/** `if (down_killable(sem) == 0) then else otherwise`. */
export function down_killable(
  of: Semaphore,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  return interruptible("down_killable", taking("down_killable", of, index), then, otherwise);
}

/** `if (down_timeout(sem, jiffies) == 0) then else otherwise`: its time may be up at any moment. */
export function down_timeout(
  of: Semaphore,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const wait = taking("down_timeout", of, index);
  const ended = { by: eq(0, 0), label: `${wait.label} = -ETIME` };
  return interruptible("down_timeout", wait, then, otherwise, ended);
}

/** `if (down_trylock(sem) == 0) then else otherwise`: from any context. */
export function down_trylock(
  of: Semaphore,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const { label, until, then: effects, before: facts } = taking("down_trylock", of, index);
  const taken = step(label, { when: until, then: effects, facts });
  const failed = step(`${label} fails`, { when: eq(at(of.count, ...index), 0), facts });
  return tried(taken, then, failed, otherwise);
}

/** `up()`: from any context, and by anybody. */
export function up(of: Semaphore, index: readonly Operand[] = []): Step {
  const count = at(of.count, ...index);
  const label = `up(&${of.name})`;
  const more = `semaphore("${of.name}", { most: ${String(of.most + 1)} }) counts higher`;
  return step(label, {
    then: [
      check(
        lt(count, of.most),
        `${label}: it counts ${String(of.most)} already; ${more}`,
        "misuse",
      ),
      assign(count, add(count, 1)),
    ],
    facts: [touched(at(of.lock, ...index), true)],
  });
}
