/**
 * What reader-writer locks are and what may happen to them: kernel/locking/qrwlock.c and, with the same order of arrival, rwsem.c.
 *
 * A waiting writer keeps new readers out, except readers in an interrupt, who only wait for a writer
 * that holds the lock: so a reader that is interrupted by a reader does not wait for itself.
 */
import type { LockKind } from "../../primitives/lock.js";
import { bh_count, in_hardirq, in_softirq, preempt_count, this_cpu } from "../kernel/cpu.js";
import {
  type Element,
  type Expr,
  type Operand,
  add,
  and,
  at,
  current,
  eq,
  not,
  or,
  smp_processor_id,
  sub,
} from "../language/expr.js";
import { CPU, NONE } from "../language/id-set.js";
import { shown } from "../../primitives/shown.js";
import { type AcquireOptions, type LockOptions, acquireFact, lockVariable } from "./common.js";
import { type Effect, type FactTemplate, assign, check } from "../language/effect.js";
import type { Step } from "../language/statement.js";
import { type Variable, bool, countOfProcesses, idOrNone, variable } from "../language/variable.js";

/** A reader-writer lock; `writer` is what lockdep and the owner list know it by. */
export interface RwLock {
  readonly kind: "rwlock" | "rwsem" | "percpu_rwsem";
  readonly name: string;
  readonly writer: Variable;
  readonly readers: Variable;
  /** Whether a writer waits at the head of the queue. */
  readonly waiting: Variable;
}

/** Of fewer processes: some may read recursively. */
const mostReaders = 7;

const declare =
  (kind: RwLock["kind"]) =>
  (name: string, options: LockOptions = {}): RwLock => {
    const { per = [] } = options;
    const owner: Variable["domain"] = kind === "rwlock" ? idOrNone(CPU) : { kind: "process" };
    const lock: LockKind = kind;
    return {
      kind,
      name,
      writer: lockVariable(lock, name, owner, options),
      readers: countOfProcesses(`${name}.readers`, mostReaders, { per }),
      waiting: variable(`${name}.waiting`, bool, { per }),
    };
  };

/** Declares an `rwlock_t`. */
export const rwlock = declare("rwlock");
/** Declares a `struct rw_semaphore`. */
export const rwsem = declare("rwsem");
/**
 * Declares a `struct percpu_rw_semaphore` (kernel/locking/percpu-rwsem.c): a writer keeps new readers out and
 * waits for those that are in. Another task may drop what a writer took.
 */
export const percpu_rwsem = declare("percpu_rwsem");

/** Throws a TypeError unless a lock is of the kind that a call takes. */
export function expectKind(call: string, lock: RwLock, kind: RwLock["kind"]): void {
  const given: unknown = lock;
  const found = typeof given === "object" && given !== null && "kind" in given ? given.kind : null;
  if (found === kind) return;
  throw new TypeError(`${call}(): ${shown(given)} was not made by ${kind}("name")`);
}

/** Whether nobody holds a lock. */
export const isFree = (lock: RwLock, index: readonly Operand[]): Expr =>
  and(eq(at(lock.writer, ...index), NONE), eq(at(lock.readers, ...index), 0));

/** `in_interrupt()`: in a handler, or with bottom halves disabled. */
const in_interrupt = (): Expr =>
  or(this_cpu(in_hardirq), this_cpu(in_softirq), not(eq(this_cpu(bh_count), 0)));

/** A reader may go in: no writer holds the lock, and none waits unless this is an interrupt. */
export const readable = (lock: RwLock, index: readonly Operand[]): Expr => {
  const unheld = eq(at(lock.writer, ...index), NONE);
  const waits = at(lock.waiting, ...index);
  return lock.kind === "rwlock"
    ? and(unheld, or(not(waits), in_interrupt()))
    : and(unheld, not(waits));
};

/** Returns what taking or dropping a lock does to the preemption count. */
export function spinning(lock: RwLock, by: 1 | -1): readonly Effect[] {
  if (lock.kind !== "rwlock") return [];
  const held = this_cpu(preempt_count);
  return [assign(held, by === 1 ? add(held, 1) : sub(held, 1))];
}

/** Returns what lockdep is told of a writer. */
export function takenToWrite(
  place: Element,
  options: AcquireOptions,
  trylock: boolean,
): readonly [FactTemplate, FactTemplate] {
  return [acquireFact(place, options, 0, trylock), { kind: "locked", lock: place, read: 0 }];
}

/** Returns what lockdep is told of a reader: recursive where `read_lock_is_recursive()` with queued rwlocks. */
export function takenToRead(
  kind: RwLock["kind"],
  place: Element,
  options: AcquireOptions,
  trylock: boolean,
): readonly [FactTemplate, FactTemplate] {
  const read = kind === "rwlock" ? add(1, in_interrupt()) : 1;
  const told = acquireFact(place, options, read, trylock);
  return [told, { kind: "locked", lock: place, read: 1 }];
}

/** Returns what further readers do to a lock. */
export function moreReaders(lock: RwLock, index: readonly Operand[], by: Operand): Effect {
  const readers = at(lock.readers, ...index);
  return assign(readers, add(readers, by));
}

/** What a call that releases a lock does, and what lockdep is told. */
export type Release = Pick<Step, "effects" | "facts">;

/** Returns what a reader does that goes out. */
export function readerOut(name: string, lock: RwLock, index: readonly Operand[]): Release {
  const readers = at(lock.readers, ...index);
  return {
    effects: [
      check(not(eq(readers, 0)), `${name}: nobody reads`, "misuse"),
      assign(readers, sub(readers, 1)),
      ...spinning(lock, -1),
    ],
    facts: released(at(lock.writer, ...index)),
  };
}

/** Returns what a writer does that goes out. */
export function writerOut(name: string, lock: RwLock, index: readonly Operand[]): Release {
  const place = at(lock.writer, ...index);
  const owner = lock.kind === "rwlock" ? smp_processor_id() : current();
  const held = lock.kind === "percpu_rwsem" ? not(eq(place, NONE)) : eq(place, owner);
  return {
    effects: [
      check(held, `${name}: not held for writing`, "misuse"),
      assign(place, NONE),
      ...spinning(lock, -1),
    ],
    facts: released(place),
  };
}

/** Returns what a writer does that goes on as a reader. */
export function downgraded(name: string, lock: RwLock, index: readonly Operand[]): Release {
  const place = at(lock.writer, ...index);
  return {
    effects: [
      check(eq(place, current()), `${name}: not held for writing`, "misuse"),
      assign(place, NONE),
      moreReaders(lock, index, 1),
    ],
    facts: [
      { kind: "downgrade", lock: place },
      { kind: "unlocked", lock: place },
      { kind: "locked", lock: place, read: 1 },
    ],
  };
}

const released = (lock: Element): FactTemplate[] => [
  { kind: "release", lock },
  { kind: "unlocked", lock },
];
