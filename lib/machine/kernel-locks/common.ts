/**
 * What all locks have in common: their declaration, and what lockdep is told of them.
 *
 * A lock's variable holds its owner (a CPU for spinlocks, so that `finish_task_switch()` may drop
 * what the previous task took; a process for mutexes). What lockdep is told travels as facts beside
 * the steps.
 */
import type { ReadMode } from "../../primitives/event.js";
import type { LockKind, WaitType } from "../../primitives/lock.js";
import { waitTypeOf } from "../../primitives/lock.js";
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { may_block } from "../kernel/cpu.js";
import { type Element, type Expr, type Operand, and, at, eq, expr, not } from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import { shown } from "../../primitives/shown.js";
import { either } from "../language/control-flow.js";
import { type Effect, type FactTemplate, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Dimension, type Variable, bool, variable } from "../language/variable.js";

/** What a lock declaration may say beyond its name. */
export interface LockOptions {
  /** Array dimensions, such as `[CPU]` for a per-CPU lock. */
  readonly per?: readonly Dimension[];
  /** The kernel's name of the class where it differs, such as `&rq->__lock`. */
  readonly className?: string;
  /** The `lock_class_key`, where locks of two declarations share a class. */
  readonly key?: string;
  readonly waitInner?: WaitType;
  readonly waitOuter?: WaitType;
  /** False for `lockdep_set_novalidate_class()`. */
  readonly validate?: boolean;
}

/** A lock, or one of an array of locks. */
export type LockRef = Element | Variable;

/** How a lock is taken, for lockdep. */
export interface AcquireOptions {
  /** 0 to 7; `SINGLE_DEPTH_NESTING` is 1. */
  readonly subclass?: number;
  /** The lock that makes nesting of this class safe, as in `spin_lock_nest_lock()`. */
  readonly nest?: LockRef;
}

const lockOptionNames: Record<keyof LockOptions, true> = {
  per: true,
  className: true,
  key: true,
  waitInner: true,
  waitOuter: true,
  validate: true,
};

/** Declares a lock variable of a kind. */
export function lockVariable(
  kind: LockKind,
  name: string,
  domain: Variable["domain"],
  options: LockOptions,
): Variable {
  expectName(kind, name);
  expectOptions(`${kind}("${name}")`, options, lockOptionNames);
  const { per = [], className = `&${name}`, key = name, waitOuter = 0 } = options;
  const { waitInner = waitTypeOf[kind], validate = true } = options;
  return {
    ...variable(name, domain, { per }),
    lock: { kind, name: className, key, waitInner, waitOuter, validate },
  };
}

/**
 * Returns a `struct lockdep_map`: what lockdep knows of something that is no lock. The state holds nothing of it.
 *
 * @param className what `lockdep_init_map()` names it
 */
export function lockdepMap(name: string, className: string, options: LockOptions = {}): Variable {
  return lockVariable("lockdep_map", name, bool, { key: className, ...options, className });
}

/**
 * Returns the element of a lock that is handed to a call.
 *
 * @param kind the kind that the call takes; any, if left out
 */
export function lockOf(of: LockRef, call: string, kind?: LockKind): Element {
  const given: unknown = of;
  const maker = kind ?? "raw_spinlock";
  if (typeof given !== "object" || given === null) {
    throw new TypeError(`${call}(): ${shown(given)} is not a lock; ${maker}("name") makes one`);
  }
  if ("kind" in given && "name" in given && given.kind !== "variable") {
    const made = `${String(given.name)} is of ${String(given.kind)}()`;
    throw new TypeError(`${call}(): ${made}; ${maker}("name") makes what this call takes`);
  }
  const place = "op" in of ? of : at(of);
  const { lock, name } = place.variable;
  if (lock === null) throw new TypeError(`${call}(): ${name} is not a lock`);
  if (kind !== undefined && lock.kind !== kind) {
    throw new TypeError(`${call}(): ${lock.name} is a ${lock.kind}, and not a ${kind}`);
  }
  return place;
}

/** Returns a call as a step is labelled: `raw_spin_lock(&rq->__lock)`. */
export const callOn = (call: string, { variable: v }: Element): string =>
  `${call}(${v.lock?.name ?? v.name})`;

/** Returns what lockdep is told of a lock that a call takes and drops inside, or of `might_lock()`. */
export const touched = (lock: Element, irqsave = false, read: ReadMode = 0): FactTemplate => ({
  kind: "touch",
  lock,
  read,
  irqsave,
});

/** Returns facts alone: told to lockdep where they stand, before what comes next waits. */
export const told = (...facts: readonly FactTemplate[]): Statement => ({ kind: "annotate", facts });

/** Returns the fact of `lock_acquire()`. */
export function acquireFact(
  lock: Element,
  options: AcquireOptions,
  read: Operand,
  trylock: boolean,
): FactTemplate {
  expectOptions(`taking ${lock.variable.name}`, options, { subclass: true, nest: true });
  const { subclass = 0, nest } = options;
  if (!Number.isInteger(subclass) || subclass < 0) {
    throw new TypeError(`subclass ${shown(subclass)}: a whole number from 0 on is wanted`);
  }
  return {
    kind: "acquire",
    lock,
    subclass,
    trylock,
    check: true,
    read: expr(read),
    nest: nest === undefined ? null : lockOf(nest, "nest"),
  };
}

/**
 * Returns `if (trylock) then else otherwise`.
 *
 * @throws TypeError if either is not a list of statements
 */
export function tried(
  taken: Step,
  then: readonly Statement[],
  failed: Step,
  otherwise: readonly Statement[],
): Statement {
  for (const given of [then, otherwise] as readonly unknown[]) {
    if (Array.isArray(given)) continue;
    throw new TypeError(`${taken.label}: a list of statements is wanted, not ${shown(given)}`);
  }
  return either([taken, ...then], [failed, ...otherwise]);
}

/** Returns the check of a call that may sleep: a misuse where that is not allowed. */
export const notInAtomic = (call: string): Effect =>
  check(may_block(), `${call} in atomic context`, "misuse");

/**
 * Returns a call that takes a lock, as one that is a misuse in atomic context even where it has to wait
 * for the lock: `might_sleep()` comes first.
 *
 * @param available when the lock can be had; then taking it says the same
 */
export function mayWait(call: string, available: Operand, taken: Statement): Statement {
  const contended = step(`${call}: might_sleep()`, {
    when: and(not(may_block()), not(available)),
    then: [notInAtomic(call)],
  });
  return either([taken], [contended, taken]);
}

/** Returns whether nobody owns a lock. */
export const isFree = (lock: Element): Expr => eq(lock, NONE);
