/**
 * Reader-writer semaphores whose waiters leave their CPU, as `rwsem_down_read_slowpath()` and
 * `rwsem_mark_wake()` of kernel/locking/rwsem.c: for tasks that share CPUs under a scheduler.
 *
 * A task that releases a semaphore gives it to all readers that wait, or wakes a writer, which then tries again.
 */
import {
  type Element,
  type Expr,
  type Operand,
  and,
  at,
  count,
  current,
  eq,
  expr,
  not,
  or,
} from "../language/expr.js";
import { type AcquireOptions, notInAtomic } from "../kernel-locks/common.js";
import {
  type Release,
  type RwLock,
  downgraded,
  expectKind,
  isFree,
  moreReaders,
  readable,
  readerOut,
  takenToRead,
  takenToWrite,
  writerOut,
} from "../kernel-locks/rwlock.js";
import type { Sleepers, WaitList } from "./wait-lists.js";
import { choose } from "../language/choose.js";
import { either, fn } from "../language/control-flow.js";
import { type Effect, assign } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";

/** Takes a semaphore; the index is that of an array of semaphores. */
type Down = (
  me: Expr,
  sem: RwLock,
  index?: readonly Operand[],
  options?: AcquireOptions,
) => Statement;
/** Releases a semaphore, or a part of it. */
type Up = (me: Expr, sem: RwLock, index?: readonly Operand[]) => Statement;

/** What a scheduler offers for reader-writer semaphores. */
export interface SleepingRwsem {
  /** `down_read()` of a task that leaves its CPU while it waits. A misuse in atomic context. */
  readonly down_read: Down;
  /** `up_read()`, which wakes a waiting task if nobody else reads. */
  readonly up_read: Up;
  /** `down_write()` of a task that leaves its CPU while it waits. A misuse in atomic context. */
  readonly down_write: Down;
  /** `up_write()`, which wakes a writer or all readers that wait. */
  readonly up_write: Up;
  /** `downgrade_write()`, which wakes all readers that wait. */
  readonly downgrade_write: Up;
}

/** Returns the calls on reader-writer semaphores of tasks that sleep. */
export function sleepingRwsem(sleepers: Sleepers): SleepingRwsem {
  const { tasks, waitList, block, sleepUntil } = sleepers;
  const readersOf = (place: Element): WaitList => waitList(place, "waiting_readers");
  const writersOf = (place: Element): WaitList => waitList(place, "waiting_writers");

  const down_read: Down = (me, sem, index = [], options = {}) => {
    expectKind("down_read", sem, "rwsem");
    const name = `down_read(&${sem.name})`;
    const place = at(sem.writer, ...index);
    const list = readersOf(place);
    const [wanted, locked] = takenToRead("rwsem", place, options, false);
    const atOnce = step(name, {
      when: readable(sem, index),
      then: [notInAtomic(name), moreReaders(sem, index, 1)],
      facts: [wanted, locked],
      sleeping: { lock: sem.writer, instead: null },
    });
    const waits = step(`${name} waits`, {
      when: not(readable(sem, index)),
      then: [notInAtomic(name), ...block(me, list)],
      facts: [wanted],
    });
    // The task that wakes a reader has given it the semaphore.
    const given = step(name, { when: not(list.has(me)), facts: [locked] });
    return fn("down_read", [either([atOnce], [waits, sleepUntil(me, given)])]);
  };

  const down_write: Down = (me, sem, index = [], options = {}) => {
    expectKind("down_write", sem, "rwsem");
    const name = `down_write(&${sem.name})`;
    const place = at(sem.writer, ...index);
    const waiting = at(sem.waiting, ...index);
    const list = writersOf(place);
    const [wanted, locked] = takenToWrite(place, options, false);
    const own = assign(place, current());
    const atOnce = step(name, {
      when: isFree(sem, index),
      then: [notInAtomic(name), own],
      facts: [wanted, locked],
      sleeping: { lock: sem.writer, instead: null },
    });
    const waits = step(`${name} waits`, {
      when: not(isFree(sem, index)),
      then: [notInAtomic(name), ...block(me, list), assign(waiting, true)],
      facts: [wanted],
    });
    const later = step(name, {
      when: isFree(sem, index),
      then: [own, assign(list.has(me), false), assign(waiting, not(list.isEmpty))],
      facts: [locked],
    });
    return fn("down_write", [either([atOnce], [waits, sleepUntil(me, later)])]);
  };

  /** The semaphore goes to all readers that wait. */
  const toReaders = (me: Expr, sem: RwLock, index: readonly Operand[]): readonly Effect[] => {
    const list = readersOf(at(sem.writer, ...index));
    const waiting = count(tasks, (task) => list.has(task));
    return [moreReaders(sem, index, waiting), sleepers.wake_q_add_all(me, list)];
  };

  /** Returns a release; `last` is when nobody holds the semaphore after it. */
  const up =
    (
      call: string,
      release: (name: string, sem: RwLock, index: readonly Operand[]) => Release,
      last: (sem: RwLock, index: readonly Operand[]) => Expr,
      toWriters = true,
    ): Up =>
    (me, sem, index = []) => {
      expectKind(call, sem, "rwsem");
      const name = `${call}(&${sem.name})`;
      const { effects, facts } = release(name, sem, index);
      const place = at(sem.writer, ...index);
      const readers = readersOf(place);
      const writers = writersOf(place);
      const free = last(sem, index);
      const nobody = toWriters ? and(readers.isEmpty, writers.isEmpty) : readers.isEmpty;
      const toWriter = choose(tasks, (task) =>
        step(name, {
          when: and(free, writers.has(task)),
          then: [...effects, sleepers.wake_q_add(me, task)],
          facts,
        }),
      );
      const given = step(name, {
        when: and(free, not(readers.isEmpty)),
        then: [...effects, ...toReaders(me, sem, index)],
        facts,
      });
      return fn(call, [
        either(
          [step(name, { when: or(not(free), nobody), then: effects, facts })],
          [given, sleepers.wake_up_all(me)],
          ...(toWriters ? [[toWriter, sleepers.wake_up_one(me)]] : []),
        ),
      ]);
    };

  return {
    down_read,
    up_read: up("up_read", readerOut, (sem, index) => eq(at(sem.readers, ...index), 1)),
    down_write,
    up_write: up("up_write", writerOut, () => expr(true)),
    downgrade_write: up("downgrade_write", downgraded, () => expr(true), false),
  };
}
