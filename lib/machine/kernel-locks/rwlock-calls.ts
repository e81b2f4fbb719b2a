/** Calls on reader-writer locks that wait where they are: include/linux/rwlock.h and kernel/locking/rwsem.c. */
import {
  type Expr,
  type Operand,
  and,
  at,
  current,
  not,
  smp_processor_id,
} from "../language/expr.js";
import { signalPending } from "../kernel/signal-pending.js";
import { type AcquireOptions, mayWait, notInAtomic, touched } from "./common.js";
import {
  type RwLock,
  downgraded,
  expectKind,
  isFree,
  moreReaders,
  readable,
  readerOut,
  spinning,
  takenToRead,
  takenToWrite,
  writerOut,
} from "./rwlock.js";
import { either, fn } from "../language/control-flow.js";
import { type Effect, assign } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { type StepOptions, step } from "../language/step.js";

/** Returns what a task that shares its CPU has to call for a semaphore. */
function sleeping(lock: RwLock, call: string): Pick<StepOptions, "sleeping"> {
  if (lock.kind === "rwlock") return {};
  const instead = lock.kind === "rwsem" ? `sched.${call}(me, sem)` : "";
  return { sleeping: { lock: lock.writer, instead } };
}

function mayNotBeAtomic(lock: RwLock, call: string): readonly Effect[] {
  return lock.kind !== "rwlock" ? [notInAtomic(`${call}(&${lock.name})`)] : [];
}

/** A call on a lock of an array, or on the one that there is. */
type Call<Returned> = (lock: RwLock, index?: readonly Operand[]) => Returned;
/** A call that takes a lock. */
type Take<Returned> = (
  lock: RwLock,
  index?: readonly Operand[],
  options?: AcquireOptions,
) => Returned;

const reader =
  (call: string, kind: RwLock["kind"]): Take<Step> =>
  (lock, index = [], options = {}) => {
    expectKind(call, lock, kind);
    return step(`${call}(&${lock.name})`, {
      when: readable(lock, index),
      then: [...mayNotBeAtomic(lock, call), moreReaders(lock, index, 1), ...spinning(lock, 1)],
      facts: takenToRead(lock.kind, at(lock.writer, ...index), options, false),
      ...sleeping(lock, call),
    });
  };

const out =
  (call: string, kind: RwLock["kind"], release: typeof readerOut): Call<Step> =>
  (lock, index = []) => {
    expectKind(call, lock, kind);
    const name = `${call}(&${lock.name})`;
    const { effects, facts } = release(name, lock, index);
    return step(name, { then: effects, facts, ...sleeping(lock, call) });
  };

/** The steps of a writer: it goes in at once, or queues and goes in later. */
function writing(
  call: string,
  lock: RwLock,
  index: readonly Operand[],
  options: AcquireOptions,
): { readonly atOnce: Step; readonly queue: Step; readonly later: Step } {
  const place = at(lock.writer, ...index);
  const waits = at(lock.waiting, ...index);
  const owner = lock.kind === "rwlock" ? smp_processor_id() : current();
  const name = `${call}(&${lock.name})`;
  const own = [assign(place, owner), ...spinning(lock, 1)];
  const facts = takenToWrite(place, options, false);
  return {
    atOnce: step(name, {
      when: and(isFree(lock, index), not(waits)),
      then: [...mayNotBeAtomic(lock, call), ...own],
      facts,
      ...sleeping(lock, call),
    }),
    queue: step(`${name} queues`, {
      when: and(not(isFree(lock, index)), not(waits)),
      then: [...mayNotBeAtomic(lock, call), assign(waits, true)],
    }),
    later: step(name, {
      when: isFree(lock, index),
      then: [assign(waits, false), ...own],
      facts,
    }),
  };
}

const writer =
  (call: string, kind: RwLock["kind"]): Take<Statement> =>
  (lock, index = [], options = {}) => {
    expectKind(call, lock, kind);
    const { atOnce, queue, later } = writing(call, lock, index, options);
    const taken = either([atOnce], [queue, later]);
    const waits = at(lock.waiting, ...index);
    // A task that queues says itself that it may sleep; one that comes later does not get that far.
    return fn(call, [lock.kind !== "rwlock" ? mayWait(atOnce.label, not(waits), taken) : taken]);
  };

const sleepingReader =
  (call: string, kind: RwLock["kind"]): Take<Statement> =>
  (lock, index, options) => {
    const taken = reader(call, kind)(lock, index, options);
    return mayWait(taken.label, taken.guard, taken);
  };

/** A call that a signal ends: `then` where it got the lock, `otherwise` with `-EINTR`. */
type TakeOrNot = (
  lock: RwLock,
  then?: readonly Statement[],
  otherwise?: readonly Statement[],
  index?: readonly Operand[],
  options?: AcquireOptions,
) => Statement;

/** What ends a wait where a signal has come. */
const interrupted = (
  call: string,
  lock: RwLock,
  index: readonly Operand[],
  read: 0 | 1,
  { available, then = [] }: { readonly available: Operand; readonly then?: readonly Effect[] },
): Step => {
  const name = `${call}(&${lock.name})`;
  return step(`${name} = -EINTR`, {
    when: and(not(available), at(signalPending, current())),
    then: [notInAtomic(name), ...then],
    facts: [touched(at(lock.writer, ...index), false, read)],
  });
};

const readerOrNot =
  (call: string): TakeOrNot =>
  (lock, then = [], otherwise = [], index = [], options = {}) => {
    const taken = sleepingReader(call, "rwsem")(lock, index, options);
    const available = readable(lock, index);
    return either(
      [taken, ...then],
      [interrupted(call, lock, index, 1, { available }), ...otherwise],
    );
  };

const writerOrNot =
  (call: string): TakeOrNot =>
  (lock, then = [], otherwise = [], index = [], options = {}) => {
    expectKind(call, lock, "rwsem");
    const { atOnce, queue, later } = writing(call, lock, index, options);
    const waits = at(lock.waiting, ...index);
    const leaves = { available: isFree(lock, index), then: [assign(waits, false)] };
    const early = interrupted(call, lock, index, 0, { available: not(waits) });
    const first = fn(call, [mayWait(atOnce.label, not(waits), atOnce)]);
    return either(
      [first, ...then],
      [
        fn(call, [queue]),
        either(
          [fn(call, [later]), ...then],
          [interrupted(call, lock, index, 0, leaves), ...otherwise],
        ),
      ],
      [early, ...otherwise],
    );
  };

/** `read_lock()`; the index is that of an array of locks. */
export const read_lock = reader("read_lock", "rwlock");
/** `read_unlock()` */
export const read_unlock = out("read_unlock", "rwlock", readerOut);
/** `write_lock()` */
export const write_lock = writer("write_lock", "rwlock");
/** `write_unlock()` */
export const write_unlock = out("write_unlock", "rwlock", writerOut);
/**
 * `down_read()` of a thread that has a CPU for itself: it waits where it is. A misuse in atomic context,
 * whether it has to wait or not.
 */
export const down_read: Take<Statement> = (lock, index, options) =>
  sleepingReader("down_read", "rwsem")(lock, index, options);
/** `if (down_read_interruptible(sem) == 0) then else otherwise`: a signal ends it, see `signals()`. */
export const down_read_interruptible = readerOrNot("down_read_interruptible");
/** `if (down_read_killable(sem) == 0) then else otherwise`. */
export const down_read_killable = readerOrNot("down_read_killable");
/** `if (down_write_killable(sem) == 0) then else otherwise`. */
export const down_write_killable = writerOrNot("down_write_killable");
/** `up_read()` of a thread that has a CPU for itself. */
export const up_read = out("up_read", "rwsem", readerOut);
/** What happens to a lock, and lockdep is not told of. */
const untold = (of: Step): Step => ({
  ...of,
  facts: of.facts.filter(({ kind }) => kind !== "acquire" && kind !== "release"),
});

/** `down_read_non_owner()`: another task may drop it, so that lockdep is told of neither. A misuse in atomic context. */
export function down_read_non_owner(lock: RwLock, index: readonly Operand[] = []): Statement {
  const taken = reader("down_read_non_owner", "rwsem")(lock, index);
  return mayWait(taken.label, taken.guard, untold(taken));
}
/** `up_read_non_owner()` */
export function up_read_non_owner(lock: RwLock, index: readonly Operand[] = []): Step {
  return untold(out("up_read_non_owner", "rwsem", readerOut)(lock, index));
}
/** Returns `rwsem_is_locked()`: whether anybody holds it, to read or to write. */
export function rwsem_is_locked(lock: RwLock, index: readonly Operand[] = []): Expr {
  expectKind("rwsem_is_locked", lock, "rwsem");
  return not(isFree(lock, index));
}
/** `down_write()` of a thread that has a CPU for itself: it waits where it is. */
export const down_write = writer("down_write", "rwsem");
/** `up_write()` of a thread that has a CPU for itself. */
export const up_write = out("up_write", "rwsem", writerOut);
/** `downgrade_write()`: the writer goes on as a reader, with nobody in between. */
export const downgrade_write = out("downgrade_write", "rwsem", downgraded);
/** `percpu_down_read()`. A misuse in atomic context. */
export const percpu_down_read: Take<Statement> = sleepingReader("percpu_down_read", "percpu_rwsem");
/** `percpu_up_read()` */
export const percpu_up_read = out("percpu_up_read", "percpu_rwsem", readerOut);
/** `percpu_down_write()`. A misuse in atomic context. */
export const percpu_down_write = writer("percpu_down_write", "percpu_rwsem");
/** `percpu_up_write()` */
export const percpu_up_write = out("percpu_up_write", "percpu_rwsem", writerOut);
