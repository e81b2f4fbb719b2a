/**
 * The vocabulary: which call of the kernel is which statements of the machine, one file a family.
 *
 * To add a family: write `vocabulary/ROOM/NAME.ts` with one exported `Family` and put it into `families` below;
 * nothing else has to know of it. A type of objects is an `ObjectType`: its C names, the macros that declare
 * one (`DEFINE_X`), the calls that initialise one (no steps), and `declare`, which makes the machine's object
 * with the dimensions it is given. A call is a row, `does("lock, flags", (call) => [statements])`, or with a
 * value `gives(...)`; its first argument names the parameters, whose number is checked (`[x]` may be left
 * out, `...` takes any). Arguments are asked for by number, in the order of C: `call.object(0, type)`
 * for an address of an object, `call.value(1)` for a number, `call.constant(2)`, `call.flags(1)`; what they
 * read of shared memory becomes steps before the call's. A value that is known when a step runs is kept in
 * `call.temporary(domain)`, assigned in that step: `call.emit(trylock(lock, [set(taken, true)], [set(taken,
 * false)])); return taken;`. Steps that touch temporaries and local variables alone cost nothing. Loops with
 * a body (`scoped_guard`) are rows of `loops`; what a call undoes at the end of its block goes to
 * `call.atEndOfScope()`; what the subset lacks goes to `instead`, with what to write. The test
 * `test/kernel-c/vocabulary.test.ts` compares a call with the machine's statements, transition by transition.
 */
import type { Process } from "../../machine/index.js";
import type { MacroNames } from "../parse/known-macros.js";
import { assertContextFamily } from "./lockdep/assert-context.js";
import { assertFamily } from "./lockdep/assert.js";
import { atomicFamily } from "./memory/atomic.js";
import { barrierFamily } from "./memory/barrier.js";
import { bitLockFamily } from "./locks/bit-lock.js";
import { bitmapFamily } from "./memory/bitmap.js";
import { bitopsFamily } from "./memory/bitops.js";
import { deviceRegistersFamily } from "./memory/device-registers.js";
import { driverCallsFamily } from "./memory/driver-calls.js";
import { cpusFamily } from "./interrupts/cpus.js";
import { irqWorkFamily, taskletFamily } from "./deferred/tasklet.js";
import type { CallRow, Family, LoopRow, ObjectType, RoundsRow, World } from "./row/index.js";
import { guardFamily } from "./guard/guard.js";
import { irqFamily } from "./interrupts/irq.js";
import { irqLineFamily } from "./interrupts/irq-line.js";
import { kfifoFamily } from "./memory/kfifo.js";
import { kthreadFamily } from "./waiting/kthread.js";
import { kthreadWorkerFamily } from "./deferred/kthread-worker.js";
import { threadBarrierFamily } from "./waiting/thread-barrier.js";
import { mmuNotifierFamily } from "./lockdep/mmu-notifier.js";
import { listFamily } from "./memory/list.js";
import { localLockFamily } from "./locks/local-lock.js";
import { lockAcquireFamily } from "./lockdep/lock-acquire.js";
import { lockdepFamily } from "./lockdep/lockdep.js";
import { mapsFamily } from "./lockdep/maps.js";
import { moreLocksFamily } from "./locks/more-locks.js";
import { nondetFamily } from "./nondet/nondet.js";
import { mutexFamily } from "./locks/mutex.js";
import { rcuFamily } from "./rcu/rcu.js";
import { rcuCallbackFamily } from "./rcu/rcu-callback.js";
import { seqcountFamily } from "./rcu/seqcount.js";
import { readerWriterFamily } from "./locks/reader-writer.js";
import { refcountFamily } from "./memory/refcounts.js";
import { signalFamily } from "./waiting/signal.js";
import { smpCallFamily } from "./interrupts/smp-call.js";
import { spinlockFamily } from "./locks/spinlock.js";
import { taskStateFamily } from "./waiting/task-state.js";
import { hrtimerFamily } from "./deferred/hrtimer.js";
import { timerFamily } from "./deferred/timer.js";
import { wakeQFamily } from "./waiting/wake-q.js";
import { waitQueueFamily } from "./waiting/wait-queue.js";
import { waitFamily } from "./waiting/completion.js";
import { workFamily } from "./deferred/work.js";
import { wwMutexFamily } from "./locks/ww-mutex.js";

export type {
  Call,
  CallRow,
  DeclareOptions,
  Family,
  Given,
  Instance,
  ListMember,
  LoopRow,
  RoundsRow,
  ObjectType,
  PassedArgument,
  World,
} from "./row/index.js";
export { does, gives } from "./row/index.js";

export { bitLockType } from "./locks/bit-lock.js";
export { anyLock, isLock, isReaderWriter } from "./locks/lock-types.js";
export { srcuType } from "./rcu/rcu.js";
export { startedThread, threadData, untilStarted } from "./waiting/kthread.js";

/** Every family. */
export const families: readonly Family[] = [
  spinlockFamily,
  mutexFamily,
  readerWriterFamily,
  irqFamily,
  atomicFamily,
  bitopsFamily,
  bitmapFamily,
  deviceRegistersFamily,
  driverCallsFamily,
  listFamily,
  taskStateFamily,
  guardFamily,
  lockdepFamily,
  lockAcquireFamily,
  assertFamily,
  assertContextFamily,
  barrierFamily,
  waitFamily,
  rcuFamily,
  seqcountFamily,
  moreLocksFamily,
  waitQueueFamily,
  workFamily,
  timerFamily,
  hrtimerFamily,
  taskletFamily,
  irqWorkFamily,
  irqLineFamily,
  rcuCallbackFamily,
  localLockFamily,
  bitLockFamily,
  signalFamily,
  mapsFamily,
  cpusFamily,
  nondetFamily,
  refcountFamily,
  wwMutexFamily,
  wakeQFamily,
  smpCallFamily,
  kfifoFamily,
  threadBarrierFamily,
  kthreadFamily,
  kthreadWorkerFamily,
  mmuNotifierFamily,
];

/** All families together, by name. */
export interface Vocabulary {
  readonly calls: ReadonlyMap<string, CallRow>;
  readonly loops: ReadonlyMap<string, LoopRow>;
  readonly rounds: ReadonlyMap<string, RoundsRow>;
  readonly types: ReadonlyMap<string, ObjectType<unknown>>;
  readonly constants: ReadonlyMap<string, number>;
  readonly instead: ReadonlyMap<string, string>;
  /** Calls that only give a lock its class. */
  readonly initializers: ReadonlySet<string>;
  readonly macros: MacroNames;
  readonly processes: readonly ((world: World) => readonly Process[])[];
}

/** Returns the table of some families. */
export function vocabularyOf(all: readonly Family[] = families): Vocabulary {
  const types = all.flatMap((family) => family.types ?? []);
  const merged = <T>(part: (family: Family) => Readonly<Record<string, T>> | undefined) =>
    new Map(all.flatMap((family) => Object.entries(part(family) ?? {})));
  const loops = merged(({ loops: of }) => of);
  const rounds = merged(({ rounds: of }) => of);
  return {
    calls: merged(({ calls }) => calls),
    loops,
    rounds,
    types: new Map(types.flatMap((type) => type.names.map((name) => [name, type] as const))),
    constants: new Map([...errorNumbers, ...merged(({ constants }) => constants)]),
    instead: merged(({ instead }) => instead),
    processes: all.flatMap(({ processes }) => processes ?? []),
    initializers: new Set(types.flatMap(({ initializers }) => initializers)),
    macros: {
      definers: new Map([
        ["LIST_HEAD", "list_t"],
        ["LLIST_HEAD", "list_t"],
        ["HLIST_HEAD", "list_t"],
        ...types.flatMap((type) =>
          type.definers.map((definer) => [definer, shortest(type.names)] as const),
        ),
      ]),
      holders: new Set(types.flatMap((type) => (type.holds === true ? type.definers : []))),
      loops: new Set([...loops.keys(), ...rounds.keys()]),
    },
  };
}

const shortest = (names: readonly string[]): string =>
  names.reduce((best, name) => (name.length < best.length ? name : best));

/** include/uapi/asm-generic/errno-base.h, and what else code of the subset returns. */
const errorNumbers: readonly (readonly [string, number])[] = [
  ["EPERM", 1],
  ["ENOENT", 2],
  ["EINTR", 4],
  ["EIO", 5],
  ["EAGAIN", 11],
  ["EWOULDBLOCK", 11],
  ["ENOMEM", 12],
  ["EACCES", 13],
  ["EFAULT", 14],
  ["EBUSY", 16],
  ["EEXIST", 17],
  ["ENODEV", 19],
  ["EINVAL", 22],
  ["ENOSPC", 28],
  ["EDEADLK", 35],
  ["EOPNOTSUPP", 95],
  ["EALREADY", 114],
  ["EINPROGRESS", 115],
  ["ECANCELED", 125],
  ["ERESTARTSYS", 512],
  ["ETIMEDOUT", 110],
  ["IRQ_NONE", 0],
  ["IRQ_HANDLED", 1],
  ["IRQ_WAKE_THREAD", 2],
];
