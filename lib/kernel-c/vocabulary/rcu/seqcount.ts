/** Sequence counters, alone or with the lock of their writers: include/linux/seqlock.h. */
import {
  type Element,
  type Expr,
  type Seqcount,
  type Statement,
  at,
  bool,
  lockdep_assert_held,
  preempt_disable,
  preempt_enable,
  read_seqcount_begin,
  read_seqcount_retry,
  seqcount,
  write_seqcount_begin,
  write_seqcount_end,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type World,
  does,
  gives,
  rows,
  setsUp,
} from "../row/index.js";
import { isLock, isReaderWriter } from "../locks/lock-types.js";
import { mutexType } from "../locks/mutex.js";
import { rwlockType } from "../locks/reader-writer.js";
import { rawSpinlockType, spinlockType } from "../locks/spinlock.js";

const seqcountType: ObjectType<Seqcount> = {
  names: [
    "seqcount_t",
    "seqcount_spinlock_t",
    "seqcount_raw_spinlock_t",
    "seqcount_rwlock_t",
    "seqcount_mutex_t",
  ],
  definers: [],
  initializers: ["seqcount_init"],
  declare: (name, { className, per }) => seqcount(name, className, per),
};

/** The lock that a counter was set up with, where it is one lock and no array of them. */
function lockOf(world: World, id: string): Element | null {
  const [named] = world.noted("seqcount lock", id);
  const locks = [
    ...world.elements(spinlockType),
    ...world.elements(rawSpinlockType),
    ...world.elements(mutexType),
    ...world.elements(rwlockType),
  ].filter((of) => of.id === named);
  const [lock] = locks;
  if (lock === undefined || locks.length > 1) return null;
  if (isLock(lock.object)) return at(lock.object, ...lock.index);
  return isReaderWriter(lock.object) ? at(lock.object.writer, ...lock.index) : null;
}

const setUp = (kind: string): CallRow =>
  setsUp("s, lock", (call) => {
    const { id } = call.object(0, seqcountType);
    call.initializes(0);
    call.world.note("seqcount lock", id, call.object<unknown>(1).id);
    call.world.note("seqcount kind", id, kind);
  });

/** Begins or ends a write; the writers that hold a mutex are kept from being preempted. */
const ofEach = (
  run: (of: Seqcount, index: readonly Expr[]) => Statement,
  around: (call: Call, id: string, write: Statement) => readonly Statement[],
): CallRow =>
  does("x", (call) => {
    const { object, index, id } = call.object(0, seqcountType);
    return around(call, id, run(object, index));
  });

const holdsMutex = ({ world }: Call, id: string): boolean =>
  world.noted("seqcount kind", id).includes("mutex");

const begins = ofEach(write_seqcount_begin, (call, id, write) => {
  const lock = lockOf(call.world, id);
  return [
    ...(lock === null ? [] : [lockdep_assert_held(lock)]),
    ...(holdsMutex(call, id) ? [preempt_disable()] : []),
    write,
  ];
});

const ends = ofEach(write_seqcount_end, (call, id, write) => [
  write,
  ...(holdsMutex(call, id) ? [preempt_enable()] : []),
]);

const reads: CallRow = gives("x", (call) => {
  const { object, index } = call.object(0, seqcountType);
  call.emit(read_seqcount_begin(object, index));
  return { op: "const", value: 0 };
});

const retries: CallRow = gives("x, start", (call) => {
  const { object, index } = call.object(0, seqcountType);
  return call.reads(read_seqcount_retry(object, index), bool);
});

export const seqcountFamily: Family = {
  name: "seqcount",
  types: [seqcountType],
  calls: {
    ...rows(
      ["spinlock", "raw_spinlock", "rwlock", "mutex"].map((kind) => `seqcount_${kind}_init`),
      (name) => setUp(name.replace(/^seqcount_|_init$/g, "")),
    ),
    read_seqcount_begin: reads,
    read_seqcount_retry: retries,
    write_seqcount_begin: begins,
    write_seqcount_end: ends,
  },
  instead: {
    write_seqcount_begin_nested: "write_seqcount_begin()",
    raw_read_seqcount: "read_seqcount_begin(), which waits until no write is under way",
    raw_seqcount_begin: "read_seqcount_begin(), which waits until no write is under way",
    raw_write_seqcount_latch: "two copies in an array, and an index that says which to read",
    read_seqbegin_or_lock: "one of both: read_seqbegin(), or read_seqlock_excl()",
  },
};
