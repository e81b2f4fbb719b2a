/**
 * Spinlocks and mutexes, as a scenario takes them.
 *
 * A lock's variable holds its owner (a CPU for spinlocks, so that `finish_task_switch()` may drop
 * what the previous task took; a process for mutexes). What lockdep is told travels as facts beside
 * the steps; `spin_acquire()` and `spin_release()` are such facts alone.
 */
import type { LockKind, WaitType } from "../primitives/lock.js";
import { waitTypeOf } from "../primitives/lock.js";
import {
  type Element,
  type Expr,
  add,
  at,
  current,
  eq,
  not,
  smp_processor_id,
  sub,
} from "./expr.js";
import { may_sleep, preempt_count, this_cpu } from "./cpu.js";
import { CPU, NONE } from "./id-set.js";
import { shown } from "./shown.js";
import {
  type Effect,
  type FactTemplate,
  type Statement,
  type Step,
  assign,
  check,
  either,
  step,
} from "./statement.js";
import { type Dimension, type Variable, idOrNone, variable } from "./variable.js";

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

/** Declares a lock variable of a kind. */
export function lockVariable(
  kind: LockKind,
  name: string,
  domain: Variable["domain"],
  options: LockOptions,
): Variable {
  const { per = [], className = `&${name}`, key = name, waitOuter = 0 } = options;
  const { waitInner = waitTypeOf[kind], validate = true } = options;
  return {
    ...variable(name, domain, { per }),
    lock: { kind, name: className, key, waitInner, waitOuter, validate },
  };
}

/**
 * Declares a `raw_spinlock_t`.
 *
 * @example
 * const lock = raw_spinlock("wakeup_vcpus_on_cpu_lock", { per: [CPU] });
 */
export function raw_spinlock(name: string, options: LockOptions = {}): Variable {
  return lockVariable("raw_spinlock", name, idOrNone(CPU), options);
}

/** Declares a `spinlock_t`. */
export function spinlock(name: string, options: LockOptions = {}): Variable {
  return lockVariable("spinlock", name, idOrNone(CPU), options);
}

/** Declares a `struct mutex`. */
export function mutex(name: string, options: LockOptions = {}): Variable {
  return lockVariable("mutex", name, { kind: "process" }, options);
}

/**
 * Returns the element of a lock that is handed to a call.
 *
 * @param kind the kind that the call takes; any, if left out
 */
function element(of: LockRef, call: string, kind?: LockKind): Element {
  const given: unknown = of;
  if (typeof given !== "object" || given === null) {
    throw new TypeError(`${call}(): ${shown(given)} is not a lock; raw_spinlock("name") makes one`);
  }
  const place = "op" in of ? of : at(of);
  const { lock, name } = place.variable;
  if (lock === null) throw new TypeError(`${call}(): ${name} is not a lock`);
  if (kind !== undefined && lock.kind !== kind) {
    throw new TypeError(`${call}(): ${lock.name} is a ${lock.kind}, and not a ${kind}`);
  }
  return place;
}

const named = (call: string, { variable: v }: Element): string =>
  `${call}(${v.lock?.name ?? v.name})`;

/** Returns the fact of `lock_acquire()`. */
export function acquireFact(
  lock: Element,
  options: AcquireOptions,
  read: 0 | 1 | 2,
  trylock: boolean,
): FactTemplate {
  const { subclass = 0, nest } = options;
  if (!Number.isInteger(subclass) || subclass < 0) {
    throw new TypeError(`subclass ${shown(subclass)}: a whole number from 0 on is wanted`);
  }
  return {
    kind: "acquire",
    lock,
    subclass,
    trylock,
    read,
    nest: nest === undefined ? null : element(nest, "nest"),
  };
}

const isFree = (lock: Element): Expr => eq(lock, NONE);
const count = this_cpu(preempt_count);

function take(lock: Element, owner: Expr, spinning: boolean): readonly Effect[] {
  const own = assign(lock, owner);
  return spinning ? [own, assign(count, add(count, 1))] : [own];
}

const spinLock =
  (call: string, kind: LockKind) =>
  (of: LockRef, options: AcquireOptions = {}): Step => {
    const lock = element(of, call, kind);
    return step(named(call, lock), {
      when: isFree(lock),
      then: take(lock, smp_processor_id(), true),
      facts: [acquireFact(lock, options, 0, false), { kind: "locked", lock, read: 0 }],
    });
  };

const spinUnlock =
  (call: string, kind: LockKind) =>
  (of: LockRef): Step => {
    const lock = element(of, call, kind);
    const name = named(call, lock);
    return step(name, {
      then: [
        check(eq(lock, smp_processor_id()), `${name}: this CPU does not hold it`, "misuse"),
        assign(lock, NONE),
        assign(count, sub(count, 1)),
      ],
      facts: [
        { kind: "release", lock },
        { kind: "unlocked", lock },
      ],
    });
  };

const spinTrylock =
  (call: string, kind: LockKind) =>
  (of: LockRef, then: readonly Statement[], otherwise: readonly Statement[] = []): Statement => {
    const lock = element(of, call, kind);
    const taken = step(named(call, lock), {
      when: isFree(lock),
      then: take(lock, smp_processor_id(), true),
      facts: [acquireFact(lock, {}, 0, true), { kind: "locked", lock, read: 0 }],
    });
    const failed = step(`${named(call, lock)} fails`, { when: not(isFree(lock)) });
    return either([taken, ...then], [failed, ...otherwise]);
  };

/** `raw_spin_lock()`, and with a subclass `raw_spin_lock_nested()`. */
export const raw_spin_lock = spinLock("raw_spin_lock", "raw_spinlock");
/** `raw_spin_unlock()` */
export const raw_spin_unlock = spinUnlock("raw_spin_unlock", "raw_spinlock");
/** `if (raw_spin_trylock(lock)) then else otherwise` */
export const raw_spin_trylock = spinTrylock("raw_spin_trylock", "raw_spinlock");
/** `spin_lock()`, and with a subclass `spin_lock_nested()`. */
export const spin_lock = spinLock("spin_lock", "spinlock");
/** `spin_unlock()` */
export const spin_unlock = spinUnlock("spin_unlock", "spinlock");
/** `if (spin_trylock(lock)) then else otherwise` */
export const spin_trylock = spinTrylock("spin_trylock", "spinlock");

/** `mutex_lock()`, and with a subclass `mutex_lock_nested()`. */
export function mutex_lock(of: LockRef, options: AcquireOptions = {}): Step {
  const lock = element(of, "mutex_lock", "mutex");
  const name = named("mutex_lock", lock);
  return step(name, {
    when: isFree(lock),
    then: [
      check(may_sleep(), `${name} in atomic context`, "misuse"),
      ...take(lock, current(), false),
    ],
    facts: [acquireFact(lock, options, 0, false), { kind: "locked", lock, read: 0 }],
  });
}

/** `mutex_unlock()` */
export function mutex_unlock(of: LockRef): Step {
  const lock = element(of, "mutex_unlock", "mutex");
  const name = named("mutex_unlock", lock);
  return step(name, {
    then: [
      check(eq(lock, current()), `${name}: this task does not hold it`, "misuse"),
      assign(lock, NONE),
    ],
    facts: [
      { kind: "release", lock },
      { kind: "unlocked", lock },
    ],
  });
}

/** `if (mutex_trylock(lock)) then else otherwise` */
export function mutex_trylock(
  of: LockRef,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  const lock = element(of, "mutex_trylock", "mutex");
  const name = named("mutex_trylock", lock);
  const taken = step(name, {
    when: isFree(lock),
    then: take(lock, current(), false),
    facts: [acquireFact(lock, {}, 0, true), { kind: "locked", lock, read: 0 }],
  });
  return either(
    [taken, ...then],
    [step(`${name} fails`, { when: not(isFree(lock)) }), ...otherwise],
  );
}

/** `spin_acquire(&lock->dep_map, subclass, 0, ip)`: told to lockdep, no step of the machine. */
export function spin_acquire(lock: LockRef, subclass = 0): Statement {
  return {
    kind: "annotate",
    facts: [acquireFact(element(lock, "spin_acquire"), { subclass }, 0, false)],
  };
}

/** `spin_release(&lock->dep_map, ip)`: told to lockdep, no step of the machine. */
export function spin_release(lock: LockRef): Statement {
  return { kind: "annotate", facts: [{ kind: "release", lock: element(lock, "spin_release") }] };
}

/** `lockdep_assert_held()` */
export function lockdep_assert_held(lock: LockRef): Statement {
  return {
    kind: "annotate",
    facts: [{ kind: "assert_held", lock: element(lock, "lockdep_assert_held"), held: true }],
  };
}

/** `lockdep_assert_not_held()` */
export function lockdep_assert_not_held(lock: LockRef): Statement {
  return {
    kind: "annotate",
    facts: [{ kind: "assert_held", lock: element(lock, "lockdep_assert_not_held"), held: false }],
  };
}
