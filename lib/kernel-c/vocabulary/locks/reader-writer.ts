/** `rwlock_t` and `struct rw_semaphore`: include/linux/rwlock.h, include/linux/rwsem.h. */
import {
  type Expr,
  type RwLock,
  type Statement,
  bool,
  down_read,
  down_read_interruptible,
  down_read_killable,
  down_read_non_owner,
  down_read_trylock,
  down_write,
  down_write_killable,
  down_write_trylock,
  downgrade_write,
  int,
  lockdep_assert_held,
  read_lock,
  read_lock_bh,
  read_lock_irq,
  read_lock_irqsave,
  read_trylock,
  read_unlock,
  read_unlock_bh,
  read_unlock_irq,
  read_unlock_irqrestore,
  rwlock,
  rwsem,
  rwsem_is_locked,
  set,
  up_read,
  up_read_non_owner,
  up_write,
  write_lock,
  write_lock_bh,
  write_lock_irq,
  write_lock_irqsave,
  write_trylock,
  write_unlock,
  write_unlock_bh,
  write_unlock_irq,
  write_unlock_irqrestore,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";
import { anyLock } from "./lock-types.js";

export const rwlockType: ObjectType<RwLock> = {
  names: ["rwlock_t"],
  definers: ["DEFINE_RWLOCK"],
  initializers: ["rwlock_init"],
  declare: (name, { per, className, key }) => rwlock(name, { per, className, key }),
};

export const rwsemType: ObjectType<RwLock> = {
  names: ["struct rw_semaphore", "rwsem_t"],
  definers: ["DECLARE_RWSEM"],
  initializers: ["init_rwsem"],
  declare: (name, { per, className, key }) => rwsem(name, { per, className, key }),
};

type Plain = (lock: RwLock, index: readonly Expr[]) => Statement;

const plain = (type: ObjectType<RwLock>, run: Plain): CallRow =>
  does("lock", (call) => {
    const { object, index } = call.object(0, type);
    return [run(object, index)];
  });

const nested = (
  run: (lock: RwLock, index: readonly Expr[], options: { readonly subclass: number }) => Statement,
  type: ObjectType<RwLock>,
): CallRow =>
  does("lock, subclass", (call) => {
    const { object, index } = call.object(0, type);
    return [run(object, index, { subclass: call.subclass(1) })];
  });

const withFlags = (
  run: (lock: RwLock, flags: ReturnType<Call["flags"]>, index: readonly Expr[]) => Statement,
): CallRow =>
  does("lock, flags", (call) => {
    const { object, index } = call.object(0, rwlockType);
    return [run(object, call.flags(1), index)];
  });

const tried = (type: ObjectType<RwLock>, run: typeof read_trylock): CallRow =>
  gives("lock", (call) => {
    const { object, index } = call.object(0, type);
    const taken = call.temporary(bool);
    call.emit(run(object, [set(taken, true)], [set(taken, false)], index));
    return taken;
  });

/** Returns 0 with the lock, or `-EINTR` where a signal came first. */
const endedBySignal = (run: typeof down_read_killable): CallRow =>
  gives("lock, [subclass]", (call) => {
    const { object, index } = call.object(0, rwsemType);
    const options = call.count > 1 ? { subclass: call.subclass(1) } : {};
    const result = call.temporary(int(-4, 0));
    call.emit(run(object, [set(result, 0)], [set(result, -4)], index, options));
    return result;
  });

export const readerWriterFamily: Family = {
  name: "reader-writer",
  types: [rwlockType, rwsemType],
  calls: {
    read_lock: plain(rwlockType, read_lock),
    read_unlock: plain(rwlockType, read_unlock),
    write_lock: plain(rwlockType, write_lock),
    write_lock_nested: nested(write_lock, rwlockType),
    write_unlock: plain(rwlockType, write_unlock),
    read_lock_irq: plain(rwlockType, read_lock_irq),
    read_unlock_irq: plain(rwlockType, read_unlock_irq),
    read_lock_bh: plain(rwlockType, read_lock_bh),
    read_unlock_bh: plain(rwlockType, read_unlock_bh),
    read_lock_irqsave: withFlags(read_lock_irqsave),
    read_unlock_irqrestore: withFlags(read_unlock_irqrestore),
    write_lock_irq: plain(rwlockType, write_lock_irq),
    write_unlock_irq: plain(rwlockType, write_unlock_irq),
    write_lock_bh: plain(rwlockType, write_lock_bh),
    write_unlock_bh: plain(rwlockType, write_unlock_bh),
    write_lock_irqsave: withFlags(write_lock_irqsave),
    write_unlock_irqrestore: withFlags(write_unlock_irqrestore),
    read_trylock: tried(rwlockType, read_trylock),
    write_trylock: tried(rwlockType, write_trylock),
    down_read: plain(rwsemType, down_read),
    down_read_nested: nested(down_read, rwsemType),
    down_read_interruptible: endedBySignal(down_read_interruptible),
    down_read_killable: endedBySignal(down_read_killable),
    up_read: plain(rwsemType, up_read),
    down_write: plain(rwsemType, down_write),
    down_write_nested: nested(down_write, rwsemType),
    down_write_killable: endedBySignal(down_write_killable),
    up_write: plain(rwsemType, up_write),
    downgrade_write: plain(rwsemType, downgrade_write),
    down_read_trylock: tried(rwsemType, down_read_trylock),
    down_write_trylock: tried(rwsemType, down_write_trylock),
    down_read_killable_nested: endedBySignal(down_read_killable),
    down_write_killable_nested: endedBySignal(down_write_killable),
    down_write_nest_lock: does("sem, nest_lock", (call) => {
      const { object, index } = call.object(0, rwsemType);
      return [down_write(object, index, { nest: anyLock(call, 1) })];
    }),
    down_read_non_owner: plain(rwsemType, down_read_non_owner),
    up_read_non_owner: plain(rwsemType, up_read_non_owner),
    rwsem_is_locked: gives("sem", (call) => {
      const { object, index } = call.object(0, rwsemType);
      return call.reads(rwsem_is_locked(object, index), bool);
    }),
    rwsem_assert_held: does("sem", (call) => [lockdep_assert_held(anyLock(call, 0))]),
    rwsem_assert_held_write: does("sem", (call) => [lockdep_assert_held(anyLock(call, 0))]),
  },
};
