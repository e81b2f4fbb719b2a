/**
 * Reader-writer locks: kernel/locking/qrwlock.c and, with the same order of arrival, rwsem.c.
 *
 * A waiting writer keeps new readers out, except readers in an interrupt, who only wait for a writer
 * that holds the lock: so a reader that is interrupted by a reader does not wait for itself.
 */
import type { LockKind } from "../primitives/lock.js";
import { bh_count, in_hardirq, in_softirq, may_sleep, preempt_count, this_cpu } from "./cpu.js";
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
} from "./expr.js";
import { CPU, NONE } from "./id-set.js";
import { shown } from "./shown.js";
import { type AcquireOptions, type LockOptions, acquireFact, lockVariable } from "./lock.js";
import {
  type Effect,
  type FactTemplate,
  type Statement,
  type Step,
  assign,
  check,
  either,
  fn,
  step,
} from "./statement.js";
import { type Variable, bool, idOrNone, int, variable } from "./variable.js";

/** A reader-writer lock; `writer` is what lockdep and the owner list know it by. */
export interface RwLock {
  readonly kind: "rwlock" | "rwsem";
  readonly name: string;
  readonly writer: Variable;
  readonly readers: Variable;
  /** Whether a writer waits at the head of the queue. */
  readonly waiting: Variable;
}

const mostReaders = 7;

const declare =
  (kind: "rwlock" | "rwsem") =>
  (name: string, options: LockOptions = {}): RwLock => {
    const { per = [] } = options;
    const owner: Variable["domain"] = kind === "rwlock" ? idOrNone(CPU) : { kind: "process" };
    const lock: LockKind = kind;
    return {
      kind,
      name,
      writer: lockVariable(lock, name, owner, options),
      readers: variable(`${name}.readers`, int(0, mostReaders), { per }),
      waiting: variable(`${name}.waiting`, bool, { per }),
    };
  };

/** Declares an `rwlock_t`. */
export const rwlock = declare("rwlock");
/** Declares a `struct rw_semaphore`. */
export const rwsem = declare("rwsem");

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
const readable = (lock: RwLock, index: readonly Operand[]): Expr => {
  const unheld = eq(at(lock.writer, ...index), NONE);
  const waits = at(lock.waiting, ...index);
  return lock.kind === "rwlock"
    ? and(unheld, or(not(waits), in_interrupt()))
    : and(unheld, not(waits));
};

/** What taking or dropping a lock does to the preemption count. */
export function spinning(lock: RwLock, by: 1 | -1): readonly Effect[] {
  if (lock.kind === "rwsem") return [];
  const held = this_cpu(preempt_count);
  return [assign(held, by === 1 ? add(held, 1) : sub(held, 1))];
}

function sleeping(lock: RwLock, call: string): readonly Effect[] {
  return lock.kind === "rwsem"
    ? [check(may_sleep(), `${call}(&${lock.name}) in atomic context`, "misuse")]
    : [];
}

/** What lockdep is told of a writer. */
export function takenToWrite(
  place: Element,
  options: AcquireOptions,
  trylock: boolean,
): FactTemplate[] {
  return [acquireFact(place, options, 0, trylock), { kind: "locked", lock: place, read: 0 }];
}

/** What lockdep is told of a reader: recursive where `read_lock_is_recursive()` with queued rwlocks. */
export function takenToRead(
  kind: RwLock["kind"],
  place: Element,
  options: AcquireOptions,
  trylock: boolean,
): FactTemplate[] {
  const read = kind === "rwsem" ? 1 : add(1, in_interrupt());
  const told = acquireFact(place, options, read, trylock);
  return [told, { kind: "locked", lock: place, read: 1 }];
}

function reader(call: string, kind: RwLock["kind"]) {
  return (lock: RwLock, index: readonly Operand[] = [], options: AcquireOptions = {}): Step => {
    expectKind(call, lock, kind);
    const readers = at(lock.readers, ...index);
    return step(`${call}(&${lock.name})`, {
      when: readable(lock, index),
      then: [...sleeping(lock, call), assign(readers, add(readers, 1)), ...spinning(lock, 1)],
      facts: takenToRead(lock.kind, at(lock.writer, ...index), options, false),
    });
  };
}

function readerOut(call: string, kind: RwLock["kind"]) {
  return (lock: RwLock, index: readonly Operand[] = []): Step => {
    expectKind(call, lock, kind);
    const readers = at(lock.readers, ...index);
    return step(`${call}(&${lock.name})`, {
      then: [
        check(not(eq(readers, 0)), `${call}(&${lock.name}): nobody reads`, "misuse"),
        assign(readers, sub(readers, 1)),
        ...spinning(lock, -1),
      ],
      facts: released(at(lock.writer, ...index)),
    });
  };
}

function writer(call: string, kind: RwLock["kind"]) {
  return (
    lock: RwLock,
    index: readonly Operand[] = [],
    options: AcquireOptions = {},
  ): Statement => {
    expectKind(call, lock, kind);
    const place = at(lock.writer, ...index);
    const waits = at(lock.waiting, ...index);
    const owner = lock.kind === "rwlock" ? smp_processor_id() : current();
    const name = `${call}(&${lock.name})`;
    const own = [assign(place, owner), ...spinning(lock, 1)];
    const facts = takenToWrite(place, options, false);
    const atOnce = step(name, {
      when: and(isFree(lock, index), not(waits)),
      then: [...sleeping(lock, call), ...own],
      facts,
    });
    const queue = step(`${name} queues`, {
      when: and(not(isFree(lock, index)), not(waits)),
      then: [...sleeping(lock, call), assign(waits, true)],
    });
    const later = step(name, {
      when: isFree(lock, index),
      then: [assign(waits, false), ...own],
      facts,
    });
    return fn(call, [either([atOnce], [queue, later])]);
  };
}

function writerOut(call: string, kind: RwLock["kind"]) {
  return (lock: RwLock, index: readonly Operand[] = []): Step => {
    expectKind(call, lock, kind);
    const place = at(lock.writer, ...index);
    const owner = lock.kind === "rwlock" ? smp_processor_id() : current();
    return step(`${call}(&${lock.name})`, {
      then: [
        check(eq(place, owner), `${call}(&${lock.name}): not held for writing`, "misuse"),
        assign(place, NONE),
        ...spinning(lock, -1),
      ],
      facts: released(place),
    });
  };
}

const released = (lock: Element): FactTemplate[] => [
  { kind: "release", lock },
  { kind: "unlocked", lock },
];

/** `downgrade_write()`: the writer goes on as a reader, with nobody in between. */
export function downgrade_write(lock: RwLock, index: readonly Operand[] = []): Step {
  expectKind("downgrade_write", lock, "rwsem");
  const place = at(lock.writer, ...index);
  const readers = at(lock.readers, ...index);
  const name = `downgrade_write(&${lock.name})`;
  return step(name, {
    then: [
      check(eq(place, current()), `${name}: not held for writing`, "misuse"),
      assign(place, NONE),
      assign(readers, add(readers, 1)),
    ],
    facts: [
      { kind: "downgrade", lock: place },
      { kind: "unlocked", lock: place },
      { kind: "locked", lock: place, read: 1 },
    ],
  });
}

/** `read_lock()`; the index is that of an array of locks. */
export const read_lock = reader("read_lock", "rwlock");
/** `read_unlock()` */
export const read_unlock = readerOut("read_unlock", "rwlock");
/** `write_lock()` */
export const write_lock = writer("write_lock", "rwlock");
/** `write_unlock()` */
export const write_unlock = writerOut("write_unlock", "rwlock");
/** `down_read()` */
export const down_read = reader("down_read", "rwsem");
/** `up_read()` */
export const up_read = readerOut("up_read", "rwsem");
/** `down_write()` */
export const down_write = writer("down_write", "rwsem");
/** `up_write()` */
export const up_write = writerOut("up_write", "rwsem");
